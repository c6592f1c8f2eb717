using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Serverless.Api;
using Serverless.Api.Telemetry;
using Serverless.Contracts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Telemetry;
using Serverless.Functions.Tests.Api;
using Serverless.Inference.Routing;
using Serverless.Inference.Telemetry;
using Serverless.Infra.Telemetry;
using Serverless.Orchestrations;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>What is told, and what it costs. The only tests that listen within this process, one after another.</summary>
[Collection(nameof(ListensToAll))]
public sealed partial class TelemetryTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string Doc = File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), "docs", "mechanisms", "tracing.md"));

    [Fact]
    public void Off_RequestClaimAndPrediction_AllocateNothing()
    {
        var http = new DefaultHttpContext();
        var route = ApiRoutes.All.Rows.Single(row => row.Name == "predict");
        var endpoint = new EndpointRoute(new EndpointRecord { Name = "digits", Revision = 1, Traffic = [new EndpointTraffic("digits", 1, 100)], CreatedAt = default, UpdatedAt = default });
        var job = Job() with { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        var node = new NodeRecord { Id = "node-1", Pool = "local", Status = Contracts.Compute.NodeStatus.Idle, CreatedAt = default, ReadyAt = default(DateTimeOffset) };
        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            var request = RequestTelemetry.Begin();
            request.Matched(http, route);
            var began = InferenceTelemetry.Begin();
            using (InferenceTelemetry.Load(endpoint.Shares[0].Model))
                InferenceTelemetry.WasLoaded(TimeSpan.Zero);
            InferenceTelemetry.Answered(began, endpoint, 200, TimeProvider.System);
            InferenceTelemetry.WasUnloaded();
            request.End(http);
            ApiTelemetry.NodeReady(node, default);
            ApiTelemetry.JobClaimed(job, job, node);
            _ = TraceContext.Current;
        }
    }

    [Fact]
    public void Spans_InTheDocument_AreThoseOfTheCode()
    {
        var told = Table("## Spans").Select(row => row[0].Trim('`')).ToList();
        var made = ProductCode().SelectMany(text => SpanNames().Matches(text).Select(match => match.Groups[1].Value)).Distinct();
        Assert.Equal(told.Where(name => !name.Contains('{')).Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));

        var steps = Table("## Spans").Single(row => row[0].Contains("{step}"))[2];
        foreach (var activity in OrchestrationsCatalog.Create().Activities.Keys.Where(name => name is not ("training.observe" or "study.look")))
            Assert.Contains(activity[(activity.IndexOf('.') + 1)..], steps);
    }

    [Fact]
    public void Metrics_InTheDocument_AreThoseOfTheCode()
    {
        var made = new List<(string Name, string Unit, string Kind)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (TelemetryNames.All.Contains(instrument.Meter.Name))
                    made.Add((instrument.Name, instrument.Unit ?? "", Kind(instrument)));
            },
        };
        foreach (var type in new[] { typeof(ApiTelemetry), typeof(RequestTelemetry), typeof(InferenceTelemetry), typeof(OrchestrationsCatalog).Assembly.GetType("Serverless.Orchestrations.Telemetry.JobTelemetry", throwOnError: true)! })
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        listener.Start();
        var told = Table("## Metrics").Select(row => (Name: row[0].Trim('`'), Unit: row[1], Kind: row[2])).ToList();
        Assert.Equal(told.OrderBy(row => row.Name, StringComparer.Ordinal), made.OrderBy(row => row.Name, StringComparer.Ordinal));
        Assert.All(made, metric => Assert.Matches("^(http|serverless)\\.[a-z_.]+$", metric.Name));
    }

    [Fact]
    public async Task Requests_OfAnyPathMethodAndHeader_AreAFewSeries()
    {
        var series = new HashSet<(string? Method, string? Route, string Names)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => Listen(instrument, self) };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            lock (series)
                series.Add((Tag(tags, "http.request.method"), Tag(tags, "http.route"), string.Join(' ', tags.ToArray().Select(tag => tag.Key).Order(StringComparer.Ordinal))));
        });
        listener.Start();
        await using var host = await ApiHost.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            foreach (var (method, path) in new[] { ("GET", $"/api/v1/jobs/job-{i}"), ("GET", $"/made-up/{i}"), ($"M{i}", "/api/v1/jobs"), ("POST", $"/endpoints/e{i}/predict"), ("GET", $"/api/v1/models/m{i}/versions?x={i}") })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.Add("traceparent", $"00-{i + 1:x32}-{i + 1:x16}-01");
                using var answer = await host.Http.SendAsync(request, Cancel);
            }
        }

        lock (series)
        {
            // Other tests ask hosts of their own meanwhile; whatever anybody asks, it is one of these.
            var routes = ApiRoutes.All.Rows.Concat(InferenceRoutes.All.Rows).Select(route => route.Template).Append(null).ToHashSet();
            Assert.All(series, one => Assert.Contains(one.Route, routes));
            Assert.All(series, one => Assert.Contains(one.Method, new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "_OTHER" }));
            Assert.All(series, one => Assert.Contains(one.Names, new[] { "http.request.method http.response.status_code", "http.request.method http.response.status_code http.route" }));
            Assert.Contains(series, one => one is { Method: "_OTHER", Route: null });
        }

        static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == name)
                    return tag.Value as string;
            }

            return null;
        }
    }

    [Fact]
    public async Task Request_WithATraceparent_GoesOnWithThatTrace_AndItsProblemSaysIt()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Api,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        await using var host = await ApiHost.StartAsync();
        foreach (var parent in new[] { $"00-{trace}-b7ad6b7169203331-01", "nonsense", new string('0', 5_000) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Fill(Routes.Job, "none-of-ours"));
            request.Headers.TryAddWithoutValidation("traceparent", parent);
            using var answer = await host.Http.SendAsync(request, Cancel);
            var problem = await ApiHost.ProblemAsync(answer, 404, Contracts.Problems.ProblemCodes.NotFound);
            Assert.Equal(parent.Contains(trace, StringComparison.Ordinal), problem.TraceId == trace);
        }

        lock (spans)
        {
            var mine = spans.Where(span => span.DisplayName == "GET /api/v1/jobs/{id}").ToList();
            Assert.Equal("b7ad6b7169203331", mine.Single(span => span.TraceId.ToHexString() == trace).ParentSpanId.ToHexString());
            Assert.All(mine, span => Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("none-of-ours", StringComparison.Ordinal) == true));
        }
    }

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT= ", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_SDK_DISABLED=true", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_LOGS_EXPORTER=none;OTEL_METRICS_EXPORTER=console", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c", false, true, false)]
    public void Settings_AreOpenTelemetrysOwnVariables(string variables, bool traces, bool metrics, bool logs)
    {
        var set = variables.Split(';').Where(one => one.Length > 0).Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(new TelemetrySettings(traces, metrics, logs, "x"), TelemetrySettings.Read(name => set.GetValueOrDefault(name), "x"));
    }

    private static JobRecord Job() => new()
    {
        Id = "job-1",
        Name = "job",
        Source = "api",
        CreatedAt = default,
        QueuedAt = default(DateTimeOffset),
        AttemptAt = default(DateTimeOffset),
        Phase = AttemptPhase.Staging,
        Spec = new JobSpec { Program = new ProgramSpec { Command = ["true"] } },
    };

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "http.server.request.duration" && instrument.Meter.Name == TelemetryNames.Api)
            listener.EnableMeasurementEvents(instrument);
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name[..instrument.GetType().Name.IndexOf('`')] switch
    {
        "Histogram" => "histogram",
        "Counter" => "counter",
        "Gauge" => "gauge",
        "UpDownCounter" => "up-down counter",
        var other => other,
    };

    /// <summary>The rows of the first table under a heading.</summary>
    private static IReadOnlyList<string[]> Table(string heading) =>
        [.. Doc[Doc.IndexOf(heading, StringComparison.Ordinal)..].Split('\n').SkipWhile(line => !line.StartsWith("| ---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray())];

    private static IEnumerable<string> ProductCode() =>
        new[] { "functions", "orchestrations", "training-container", "infra" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Needs.RepositoryRoot(), room), "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText);

    [GeneratedRegex("(?:StartActivity\\(|Part\\(|Source, )\"([a-z._ ]+)\"")]
    private static partial Regex SpanNames();
}
