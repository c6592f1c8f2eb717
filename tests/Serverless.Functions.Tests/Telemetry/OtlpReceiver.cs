using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>A collector on a free loopback port: takes OTLP over HTTP as protobuf (<see href="https://opentelemetry.io/docs/specs/otlp/"/>) and keeps what it took.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private OtlpReceiver(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    /// <summary>Every body as it came.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = [];

    public ConcurrentQueue<SentSpan> Spans { get; } = [];

    public ConcurrentQueue<SentMetric> Metrics { get; } = [];

    public ConcurrentQueue<SentLog> Logs { get; } = [];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The variables that send a process's telemetry here, soon.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=collector-key-of-the-test",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Bodies.Enqueue(body.ToArray());
        var message = ProtoMessage.Parse(body.ToArray());
        if (http.Request.Path == "/v1/traces")
            TakeSpans(message);
        else if (http.Request.Path == "/v1/metrics")
            TakeMetrics(message);
        else if (http.Request.Path == "/v1/logs")
            TakeLogs(message);
        http.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpans(ProtoMessage message)
    {
        foreach (var resource in message.All(1))
        {
            var service = resource.One(1)!.Attributes(1)["service.name"];
            foreach (var scope in resource.All(2))
            {
                foreach (var span in scope.All(2))
                    Spans.Enqueue(new SentSpan(service, scope.One(1)!.Text(1), span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (int)span.Number(6), span.Number(7), span.Number(8), span.Attributes(9), [.. span.All(13).Select(link => link.Hex(1))]));
            }
        }
    }

    private void TakeMetrics(ProtoMessage message)
    {
        foreach (var scope in message.All(1).SelectMany(resource => resource.All(2)))
        {
            foreach (var metric in scope.All(2))
            {
                var points = metric.All(5).Concat(metric.All(7)).SelectMany(data => data.All(1)).Select(point => point.Attributes(7)).Concat(metric.All(9).SelectMany(data => data.All(1)).Select(point => point.Attributes(9)));
                Metrics.Enqueue(new SentMetric(scope.One(1)!.Text(1), metric.Text(1), metric.Text(3), [.. points]));
            }
        }
    }

    private void TakeLogs(ProtoMessage message)
    {
        foreach (var record in message.All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)))
            Logs.Enqueue(new SentLog(record.Hex(9), record.One(5)?.Text(1) ?? "", record.Attributes(6)));
    }
}
