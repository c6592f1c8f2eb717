using System.Collections.Concurrent;
using Serverless.Contracts.Models;
using Serverless.Core.Endpoints;
using Serverless.Core.Models;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>An endpoint host that answers on paper: a test says which models cannot be loaded or run, and sees what was routed.</summary>
internal sealed class PaperEndpoints(EndpointSet endpoints, ModelSet models) : IEndpointHost
{
    /// <summary>Models whose check in a process of their own fails, with the reason.</summary>
    public ConcurrentDictionary<string, string> BadToPrepare { get; } = new();

    /// <summary>Models whose probe fails, with the reason.</summary>
    public ConcurrentDictionary<string, string> BadToProbe { get; } = new();

    /// <summary>Models that can be probed before they are routed, and not afterwards.</summary>
    public ConcurrentDictionary<string, string> BadOnceRouted { get; } = new();

    /// <summary>What each endpoint answers with on this host: the revision and model that were last taken.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>What any endpoint was ever given, in order.</summary>
    public ConcurrentQueue<string> Routed { get; } = new();

    /// <summary>Models that were unloaded, in order.</summary>
    public ConcurrentQueue<string> Drained { get; } = new();

    /// <summary>What the next calls fail with; null: they do not.</summary>
    public Exception? Failure { get; set; }

    public Task<ModelCheck> PrepareAsync(EndpointModel model, CancellationToken cancel) => Answer(model, BadToPrepare);

    public Task<ModelCheck> ProbeAsync(EndpointModel model, CancellationToken cancel) =>
        Answers.Values.Contains(model.ToString()) && BadOnceRouted.ContainsKey(model.ToString()) ? Answer(model, BadOnceRouted) : Answer(model, BadToProbe);

    public async Task RouteAsync(string endpoint, CancellationToken cancel)
    {
        if (Failure is not null)
            throw Failure;
        if (await endpoints.FindAsync(endpoint, cancel) is { } record)
            Routed.Enqueue(Answers[endpoint] = $"{record.Traffic[0].Model}@{record.Traffic[0].Version}");
        else
            Answers.TryRemove(endpoint, out _);
    }

    public Task DrainAsync(EndpointModel model, CancellationToken cancel)
    {
        Drained.Enqueue(model.ToString());
        return Task.CompletedTask;
    }

    public Task<int> SessionsAsync(string endpoint, CancellationToken cancel) => Task.FromResult(0);

    /// <summary>As a real host does, it reads the file's hash from the registry first.</summary>
    private async Task<ModelCheck> Answer(EndpointModel model, ConcurrentDictionary<string, string> bad)
    {
        if (Failure is not null)
            throw Failure;
        if (await models.FindAsync(model.ToString(), CancellationToken.None) is null)
            return ModelCheck.Refused($"There is no model version '{model}'.", "Register it.");
        return bad.TryGetValue(model.ToString(), out var why)
            ? ModelCheck.Refused(why, "Write a good model.")
            : new ModelCheck(true, null, null, [new TensorSignature("x", "FP32", [-1, 1])], [new TensorSignature("label", "INT64", [-1])]) { Parity = new ModelParity(2e-6, "1E-04 + 1E-04 · |value|", 0.02, ["batch 1"]) };
    }
}
