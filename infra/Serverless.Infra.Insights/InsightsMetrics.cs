using System.Globalization;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.DataContracts;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Metric = OpenTelemetry.Metrics.Metric;

namespace Serverless.Infra.Insights;

/// <summary>Metrics as Application Insights' pre-aggregated ones: the sum and count of what happened since they were last sent.</summary>
internal sealed class InsightsMetrics(TelemetryClient client) : BaseExporter<Metric>
{
    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                client.TrackMetric(Of(metric, point));
        }

        return ExportResult.Success;
    }

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        client.Flush();
        return true;
    }

    private static MetricTelemetry Of(Metric metric, in MetricPoint point)
    {
        var (sum, count) = metric.MetricType switch
        {
            MetricType.Histogram => (point.GetHistogramSum(), (int)Math.Min(int.MaxValue, point.GetHistogramCount())),
            MetricType.LongSum or MetricType.LongSumNonMonotonic => (point.GetSumLong(), 1),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => (point.GetSumDouble(), 1),
            MetricType.LongGauge => (point.GetGaugeLastValueLong(), 1),
            MetricType.DoubleGauge => (point.GetGaugeLastValueDouble(), 1),
            _ => (0d, 0),
        };
        var telemetry = new MetricTelemetry { Name = metric.Name, Sum = sum, Count = count, Timestamp = point.EndTime };
        if (metric.MetricType == MetricType.Histogram && point.TryGetHistogramMinMaxValues(out var min, out var max))
            (telemetry.Min, telemetry.Max) = (min, max);
        foreach (var (name, value) in point.Tags)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text)
                telemetry.Properties[name] = text;
        }

        return telemetry;
    }
}
