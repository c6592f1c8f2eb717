using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Serverless.Infra.Telemetry;

/// <summary>
/// Sends the log, with the ids that its messages name and the trace that each belongs to. It is put together in a container of its own: in the host's the exporter would read its address
/// from the host's configuration, which need not have the environment's variables, while traces and metrics read them.
/// </summary>
[ProviderAlias("OpenTelemetry")]
internal sealed class TelemetryLogs : ILoggerProvider, ISupportExternalScope
{
    private readonly ServiceProvider own;
    private readonly ILoggerProvider inner;

    /// <summary>Begins to send.</summary>
    public TelemetryLogs(ResourceBuilder resource)
    {
        own = new ServiceCollection().AddLogging(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.IncludeScopes = true;
            options.SetResourceBuilder(resource).AddProcessor(new LogIds()).AddOtlpExporter();
        })).BuildServiceProvider();
        inner = own.GetServices<ILoggerProvider>().Single();
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => inner.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <inheritdoc/>
    public void Dispose() => own.Dispose();
}
