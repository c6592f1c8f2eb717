using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Serverless.Agent.Telemetry;

/// <summary>Sends the agent's spans by OTLP when OpenTelemetry's variables say where to. Nothing of it is loaded otherwise.</summary>
internal static class AgentExport
{
    private const int StopMilliseconds = 2_000;

    /// <summary>Begins to listen; null when there is nowhere to send to.</summary>
    public static IDisposable? Start(Func<string, string?> environment) =>
        string.IsNullOrWhiteSpace(environment("OTEL_EXPORTER_OTLP_ENDPOINT") ?? environment("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        || string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase) || environment("OTEL_TRACES_EXPORTER") == "none"
            ? null
            : new Export();

    private sealed class Export : IDisposable
    {
        private readonly TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("serverless-agent", serviceVersion: typeof(Export).Assembly.GetName().Version?.ToString(3)))
            .AddSource(AgentTelemetry.Name).AddOtlpExporter().Build();

        public void Dispose()
        {
            provider.Shutdown(StopMilliseconds);
            provider.Dispose();
        }
    }
}
