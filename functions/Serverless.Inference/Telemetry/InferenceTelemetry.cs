using System.Diagnostics;
using System.Diagnostics.Metrics;
using Serverless.Core.Endpoints;
using Serverless.Core.Telemetry;
using Serverless.Inference.Routing;

namespace Serverless.Inference.Telemetry;

/// <summary>Spans and metrics of sessions and predictions. No row, no input and no output is in any.</summary>
internal static class InferenceTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryNames.Inference);
    private static readonly Meter Meter = new(TelemetryNames.Inference);

    private static readonly Histogram<double> Predicted = Meter.CreateHistogram(
        "serverless.prediction.duration", "s", "From a prediction's arrival to its answer, a session's load included.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });

    private static readonly Histogram<double> Loaded = Meter.CreateHistogram<double>("serverless.model.load.duration", "s", "Loads of sessions: the cold starts of endpoints.");
    private static readonly UpDownCounter<long> Sessions = Meter.CreateUpDownCounter<long>("serverless.model.session.count", "{session}", "Sessions that are loaded.");

    /// <summary>When a prediction has come, for <see cref="Answered"/>; 0 when nobody measures.</summary>
    public static long Begin() => Predicted.Enabled || Source.HasListeners() ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A prediction of an endpoint that exists was answered.</summary>
    public static void Answered(long began, EndpointRoute route, int status, TimeProvider clock)
    {
        if (began == 0)
            return;
        var took = Stopwatch.GetElapsedTime(began);
        if (Predicted.Enabled)
            Predicted.Record(took.TotalSeconds, new(TelemetryNames.Endpoint, route.Record.Name), new(TelemetryNames.Status, status < 400 ? "Ok" : status < 500 ? "Refused" : "Failed"));
        if (status < 400 && route.TakeFirst())
            WriteFirst(route.Record, clock.GetUtcNow() - took);
    }

    /// <summary>The span of a load; null when nobody listens.</summary>
    public static Activity? Load(EndpointModel model)
    {
        var span = Source.HasListeners() && Activity.Current is not null ? Source.StartActivity("model.load") : null;
        return span?.SetTag(TelemetryNames.Model, model.ToString());
    }

    /// <summary>A session was loaded.</summary>
    public static void WasLoaded(TimeSpan took)
    {
        if (Loaded.Enabled)
            Loaded.Record(took.TotalSeconds);
        if (Sessions.Enabled)
            Sessions.Add(1);
    }

    /// <summary>A session was unloaded.</summary>
    public static void WasUnloaded()
    {
        if (Sessions.Enabled)
            Sessions.Add(-1);
    }

    /// <summary>What began with data that landed ends here: the trace of the deployment gets the first answer of this host, with a link to the request's own trace.</summary>
    private static void WriteFirst(EndpointRecord record, DateTimeOffset began)
    {
        using var span = TraceContext.Start(Source, "endpoint.first_prediction", record.TraceParent, began: began, link: Activity.Current?.Context ?? default);
        span?.SetTag(TelemetryNames.Endpoint, record.Name);
    }
}
