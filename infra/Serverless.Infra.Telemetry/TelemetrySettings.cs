namespace Serverless.Infra.Telemetry;

/// <summary>What is sent where, as OpenTelemetry's own variables say (<see href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/"/>). Without an address nothing is measured or sent.</summary>
/// <param name="Traces">Whether traces are sent.</param>
/// <param name="Metrics">Whether metrics are sent.</param>
/// <param name="Logs">Whether logs are sent.</param>
/// <param name="ServiceName">The name under which they are.</param>
public sealed record TelemetrySettings(bool Traces, bool Metrics, bool Logs, string ServiceName)
{
    /// <summary>Whether anything is sent.</summary>
    public bool Any => Traces || Metrics || Logs;

    /// <summary>Reads them.</summary>
    /// <param name="read">Reads a variable or setting.</param>
    /// <param name="serviceName">The name when <c>OTEL_SERVICE_NAME</c> has none.</param>
    public static TelemetrySettings Read(Func<string, string?> read, string serviceName)
    {
        var off = string.Equals(Text("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        return new(Has("TRACES"), Has("METRICS"), Has("LOGS"), Text("OTEL_SERVICE_NAME") ?? serviceName);

        bool Has(string signal) => !off
            && (Text("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Text($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null
            && (Text($"OTEL_{signal}_EXPORTER") ?? "otlp").Split(',').Any(exporter => exporter.Trim() == "otlp");

        string? Text(string name) => read(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
