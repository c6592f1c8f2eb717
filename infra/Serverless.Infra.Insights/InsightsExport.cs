using Azure.Core;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.Extensibility;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Serverless.Infra.Insights;

/// <summary>
/// Application Insights as a further place to which a host's spans and metrics go. The log is not sent here: the Functions host takes it from the worker and sends it itself.
/// It speaks Application Insights' own protocol; OTLP goes on beside it, when it is set.
/// </summary>
public sealed class InsightsExport
{
    /// <summary>The setting that says where: set by the platform and the templates.</summary>
    public const string ConnectionSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>How often metrics are sent.</summary>
    private const int MetricMilliseconds = 60_000;

    private readonly TelemetryClient client;
    private readonly int metricMilliseconds;

    internal InsightsExport(string connection, TokenCredential? credential, string serviceName, int metricMilliseconds = MetricMilliseconds)
    {
        this.metricMilliseconds = metricMilliseconds;
        var configuration = new TelemetryConfiguration { ConnectionString = connection };
        if (credential is not null)
            configuration.SetAzureTokenCredential(credential);
        client = new TelemetryClient(configuration);
        client.Context.Cloud.RoleName = serviceName;
    }

    /// <summary>The place that a host's settings name; null when they name none.</summary>
    /// <param name="read">Reads a setting.</param>
    /// <param name="credential">Proves who sends; null where the place wants no proof.</param>
    /// <param name="serviceName">Under which name.</param>
    public static InsightsExport? From(Func<string, string?> read, TokenCredential? credential, string serviceName) =>
        read(ConnectionSetting) is { } connection && !string.IsNullOrWhiteSpace(connection) ? new InsightsExport(connection, credential, serviceName) : null;

    /// <summary>Adds it to a host's traces.</summary>
    public void Traces(TracerProviderBuilder builder) => builder.AddProcessor(new BatchActivityExportProcessor(new InsightsSpans(client)));

    /// <summary>Adds it to a host's metrics.</summary>
    public void Metrics(MeterProviderBuilder builder) => builder.AddReader(
        new PeriodicExportingMetricReader(new InsightsMetrics(client), metricMilliseconds) { TemporalityPreference = MetricReaderTemporalityPreference.Delta });
}
