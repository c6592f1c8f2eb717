using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Azure.Core;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Serverless.Infra.Insights;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Insights;

public sealed class InsightsExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_KeepTheirTrace_AndAreProvenByTheIdentity()
    {
        await using var server = await IngestionServer.StartAsync();
        using var source = new ActivitySource("insights-test-spans");
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(source.Name);
        new InsightsExport(server.Connection, new Identity(), "serverless-control").Traces(builder);
        Activity request, step;
        using (var provider = builder.Build())
        {
            var link = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
            using (request = source.StartActivity("GET /api/v1/jobs", ActivityKind.Server, default(ActivityContext), links: [new ActivityLink(link)])!)
            {
                request.SetTag("http.response.status_code", 503).SetStatus(ActivityStatusCode.Error);
                using (step = source.StartActivity("job.queue")!)
                    step.SetTag("serverless.job.id", "job-1");
            }
        }

        await Eventually.TrueAsync("both spans", () => server.Envelopes.Count >= 2, cancel: Cancel);
        Assert.All(server.Proofs, proof => Assert.Equal("Bearer token-of-the-identity", proof));
        var (requests, steps) = (Of(server, "RequestData"), Of(server, "RemoteDependencyData"));
        Assert.Equal(("GET /api/v1/jobs", "503", false), (Base(requests).GetProperty("name").GetString(), Base(requests).GetProperty("responseCode").GetString(), Base(requests).GetProperty("success").GetBoolean()));
        Assert.Equal(request.SpanId.ToHexString(), Base(requests).GetProperty("id").GetString());
        Assert.Contains("operation_Id", Base(requests).GetProperty("properties").GetProperty("_MS.links").GetString());
        Assert.Equal("job-1", Base(steps).GetProperty("properties").GetProperty("serverless.job.id").GetString());
        foreach (var (envelope, parent) in new[] { (requests, null), (steps, request.SpanId.ToHexString()) })
        {
            var tags = envelope.GetProperty("tags");
            Assert.Equal(request.TraceId.ToHexString(), tags.GetProperty("ai.operation.id").GetString());
            Assert.Equal(parent, tags.TryGetProperty("ai.operation.parentId", out var id) ? id.GetString() : null);
            Assert.Equal("serverless-control", tags.GetProperty("ai.cloud.role").GetString());
        }
    }

    [Fact]
    public async Task Metrics_AreSentAsSumsAndCountsSinceTheLastTime()
    {
        await using var server = await IngestionServer.StartAsync();
        using var meter = new Meter("insights-test-metrics");
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name);
        new InsightsExport(server.Connection, null, "serverless-control").Metrics(builder);
        using (var provider = builder.Build())
        {
            var duration = meter.CreateHistogram<double>("serverless.job.duration", "s");
            duration.Record(2, new KeyValuePair<string, object?>("serverless.pool", "gpu"));
            duration.Record(4, new KeyValuePair<string, object?>("serverless.pool", "gpu"));
            meter.CreateCounter<long>("serverless.job.ended").Add(3);
        }

        await Eventually.TrueAsync("both metrics", () => server.Envelopes.Count >= 2, cancel: Cancel);
        var points = server.Envelopes.Select(Base).Select(data => (Point: data.GetProperty("metrics")[0], Data: data)).ToDictionary(pair => pair.Point.GetProperty("name").GetString()!);
        var histogram = points["serverless.job.duration"];
        Assert.Equal((6, 2, 2, 4), (histogram.Point.GetProperty("value").GetDouble(), histogram.Point.GetProperty("count").GetInt32(), histogram.Point.GetProperty("min").GetDouble(), histogram.Point.GetProperty("max").GetDouble()));
        Assert.Equal("gpu", histogram.Data.GetProperty("properties").GetProperty("serverless.pool").GetString());
        Assert.Equal(3, points["serverless.job.ended"].Point.GetProperty("value").GetDouble());
    }

    [Fact]
    public void From_NoConnection_IsNothing()
    {
        Assert.Null(InsightsExport.From(_ => null, null, "x"));
        Assert.Null(InsightsExport.From(_ => " ", null, "x"));
        Assert.NotNull(InsightsExport.From(name => name == InsightsExport.ConnectionSetting ? "InstrumentationKey=00000000-1111-2222-3333-444444444444" : null, null, "x"));
    }

    private static JsonElement Of(IngestionServer server, string type) => server.Envelopes.Single(envelope => envelope.GetProperty("data").GetProperty("baseType").GetString() == type);

    private static JsonElement Base(JsonElement envelope) => envelope.GetProperty("data").GetProperty("baseData");

    private sealed class Identity : TokenCredential
    {
        private static readonly AccessToken Token = new("token-of-the-identity", DateTimeOffset.MaxValue);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => Token;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Token);
    }
}
