using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;
using Serverless.Inference.Options;
using Serverless.OnnxRuntime;
using Serverless.Inference.Sessions;

namespace Serverless.Inference;

/// <summary>Reads the native library and warms up, on a thread of its own once the host has started, so that the first prediction does not wait for it and the start neither.</summary>
internal sealed partial class RuntimePreload(InferenceOptions options, TimeProvider time, ILogger<RuntimePreload> log) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        NativeRuntime.Logged = (severity, message) => Log.Library(log, severity >= 3 ? LogLevel.Error : LogLevel.Warning, message);
        new Thread(Load) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "onnxruntime-preload" }.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Load()
    {
        try
        {
            var runtime = LoadedLibrary.Get(options.LibraryPath);
            WarmUp.RunAsync(runtime, options, time).GetAwaiter().GetResult(); // on a thread of its own, and nothing in it waits
            Log.Loaded(log, runtime.LibraryVersion);
        }
        catch (OnnxException failure)
        {
            Log.Missing(log, failure.Message, SessionChecks.LoadCure);
        }
        catch (ServerlessException failure)
        {
            Log.Missing(log, failure.Message, failure.Cure ?? "");
        }
    }
}
