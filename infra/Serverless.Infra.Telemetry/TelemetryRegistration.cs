using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serverless.Core.Telemetry;

namespace Serverless.Infra.Telemetry;

/// <summary>Brings telemetry into a host. See <c>docs/mechanisms/tracing.md</c>.</summary>
public static class TelemetryRegistration
{
    /// <summary>Most different sets of attributes of one metric; further ones are counted together. Endpoints times three is what needs most.</summary>
    public const int MaxSeries = 2_000;

    /// <summary>Sends traces, metrics and logs as the settings say; does nothing, and loads nothing of OpenTelemetry, when they say nothing.</summary>
    /// <param name="services">The host's services. Call it first: what is registered first is stopped last, and so the last spans are sent too.</param>
    /// <param name="settings">What is sent.</param>
    public static IServiceCollection AddServerlessTelemetry(this IServiceCollection services, TelemetrySettings settings) =>
        settings.Any ? AddServerlessTelemetry(services, settings, null, null) : services;

    /// <summary>The same, with a further place to send to.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">What is sent by OTLP.</param>
    /// <param name="traces">Adds an exporter of traces; null: none.</param>
    /// <param name="metrics">The same for metrics.</param>
    public static IServiceCollection AddServerlessTelemetry(
        this IServiceCollection services, TelemetrySettings settings, Action<TracerProviderBuilder>? traces, Action<MeterProviderBuilder>? metrics)
    {
        if (settings.Any || traces is not null || metrics is not null)
            Add(services, settings, traces, metrics);
        return services;
    }

    /// <summary>A provider of traces: all sources of a host.</summary>
    internal static TracerProvider Traces(TelemetrySettings settings, Action<TracerProviderBuilder>? more)
    {
        var builder = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource(settings)).AddSource([.. TelemetryNames.All]);
        if (settings.Traces)
            builder.AddOtlpExporter();
        more?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>A provider of metrics: all meters of a host.</summary>
    internal static MeterProvider Metrics(TelemetrySettings settings, Action<MeterProviderBuilder>? more)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource(settings)).AddMeter([.. TelemetryNames.All])
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MaxSeries });
        if (settings.Metrics)
            builder.AddOtlpExporter();
        more?.Invoke(builder);
        return builder.Build();
    }

    private static void Add(IServiceCollection services, TelemetrySettings settings, Action<TracerProviderBuilder>? traces, Action<MeterProviderBuilder>? metrics)
    {
        services.AddSingleton<IHostedService>(_ => new TelemetryService(
            settings.Traces || traces is not null ? Traces(settings, traces) : null,
            settings.Metrics || metrics is not null ? Metrics(settings, metrics) : null));
        if (settings.Logs)
            services.AddSingleton<ILoggerProvider>(_ => new TelemetryLogs(Resource(settings)));
    }

    private static ResourceBuilder Resource(TelemetrySettings settings) =>
        ResourceBuilder.CreateDefault().AddService(settings.ServiceName, serviceVersion: typeof(TelemetryRegistration).Assembly.GetName().Version?.ToString(3));
}
