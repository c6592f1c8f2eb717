using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Serverless.Contracts.Problems;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Inference.Options;
using Serverless.OnnxRuntime;
using Serverless.Inference.Telemetry;

namespace Serverless.Inference.Sessions;

/// <summary>The sessions of this host, by model version.</summary>
internal sealed partial class SessionPool(ModelFiles files, InferenceOptions options, TimeProvider time, ILogger<SessionPool> log) : IDisposable
{
    private readonly ConcurrentDictionary<EndpointModel, ModelSlot> slots = new();
    private int loads;

    /// <summary>How many models were loaded since the host started.</summary>
    public int Loads => Volatile.Read(ref loads);

    /// <summary>Waits for a session and a run of it; null when too many wait already.</summary>
    /// <exception cref="ServerlessException">The model cannot be loaded.</exception>
    public ValueTask<SessionLease?> AcquireAsync(EndpointModel model, TimeSpan idle, CancellationToken cancel) =>
        slots.GetOrAdd(model, key => new ModelSlot(key, options, time, LoadAsync, Log.Unloaded(log))).AcquireAsync(idle, cancel);

    /// <summary>Whether a session of the model is loaded.</summary>
    public bool IsLoaded(EndpointModel model) => slots.TryGetValue(model, out var slot) && slot.IsLoaded;

    /// <summary>Unloads a model once its last call has ended.</summary>
    public Task DrainAsync(EndpointModel model, CancellationToken cancel) =>
        slots.TryGetValue(model, out var slot) ? slot.DrainAsync(cancel) : Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in slots.Values)
            slot.Dispose();
    }

    private async Task<OnnxSession> LoadAsync(EndpointModel model)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = InferenceTelemetry.Load(model);
        var bytes = await files.ReadAsync(model, CancellationToken.None);
        try
        {
            var settings = new SessionSettings(options.IntraOpThreads, options.UseCuda);
            var session = OnnxSession.Load(LoadedLibrary.Get(options.LibraryPath), bytes, settings);
            Interlocked.Increment(ref loads);
            InferenceTelemetry.WasLoaded(Stopwatch.GetElapsedTime(began));
            Log.Loaded(log, model, bytes.Length, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            UnloadBeyondLimit();
            return session;
        }
        catch (OnnxException failure)
        {
            throw new ServerlessException(ProblemCodes.ModelInvalid, $"The model {model} cannot be loaded: {failure.Message}", SessionChecks.LoadCure, inner: failure);
        }
    }

    private void UnloadBeyondLimit()
    {
        var loaded = slots.Values.Count(slot => slot.IsLoaded);
        foreach (var slot in slots.Values.Select(slot => (slot, since: slot.IdleSince)).Where(pair => pair.since is not null).OrderBy(pair => pair.since))
        {
            if (loaded < options.MaxSessions)
                return;
            if (slot.slot.TryUnload("others need its place"))
                loaded--;
        }
    }

    private static partial class Log
    {
        public static Action<EndpointModel, string> Unloaded(ILogger log) => (model, reason) =>
        {
            InferenceTelemetry.WasUnloaded();
            Unloaded(log, model, reason);
        };
    }
}
