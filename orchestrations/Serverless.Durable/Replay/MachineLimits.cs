namespace Serverless.Durable.Replay;

/// <summary>What one workflow may put into its history.</summary>
internal sealed record MachineLimits(int PayloadBytes, int StatusBytes, int HistoryEvents);
