namespace Serverless.Functions.Tests.Telemetry;

internal sealed record SentSpan(
    string Service, string Scope, string TraceId, string SpanId, string ParentId, string Name, int Kind, ulong Began, ulong Ended, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links);

internal sealed record SentMetric(string Scope, string Name, string Unit, IReadOnlyList<IReadOnlyDictionary<string, string>> Points);

internal sealed record SentLog(string TraceId, string Body, IReadOnlyDictionary<string, string> Attributes);
