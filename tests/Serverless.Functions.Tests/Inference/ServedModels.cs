using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Models;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Endpoints;
using Serverless.Core.Models;
using Serverless.Inference;
using Serverless.Inference.Options;
using Serverless.Inference.Protocol;
using Serverless.Inference.Sessions;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Inference;

/// <summary>Inference over stores in memory, with a clock that a test may move.</summary>
internal sealed class ServedModels : IDisposable
{
    private readonly ServiceProvider provider;

    public ServedModels(Func<InferenceOptions, InferenceOptions>? change = null, TimeProvider? time = null, IArtifactStore? artifacts = null)
    {
        var options = new InferenceOptions { CheckCommand = CheckCommand("check-model") };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(artifacts ?? new MemoryArtifactStore());
        services.AddSingleton<IDocumentStore>(new MemoryDocumentStore());
        services.AddInference(change?.Invoke(options) ?? options);
        provider = services.BuildServiceProvider();
    }

    public IEndpointHost Host => provider.GetRequiredService<IEndpointHost>();

    public IPredictor Predictor => provider.GetRequiredService<IPredictor>();

    public SessionPool Sessions => provider.GetRequiredService<SessionPool>();

    public BodyBudget Budget => provider.GetRequiredService<BodyBudget>();

    public IArtifactStore Artifacts => provider.GetRequiredService<IArtifactStore>();

    public EndpointSet Endpoints => new(provider.GetRequiredService<IDocumentStore>());

    private ModelSet Models => new(provider.GetRequiredService<IDocumentStore>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The command of the built program that loads a model first, or misbehaves instead.</summary>
    public static IReadOnlyList<string> CheckCommand(string manner)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var built = Path.Combine(own.Parent!.Parent!.FullName, "Serverless.ModelChecker", own.Name, "Serverless.ModelChecker.dll");
        return ["dotnet", "exec", built, manner];
    }

    public async Task<EndpointModel> RegisterAsync(string name, int version, byte[] file, string? sha256 = null)
    {
        await Artifacts.PutAsync(ArtifactPaths.Model(name, version), new MemoryStream(file), new PutOptions(), Cancel);
        await Models.CreateAsync(
            new ModelVersion
            {
                Name = name,
                Version = version,
                Stage = ModelStage.Approved,
                Sha256 = sha256 ?? Convert.ToHexStringLower(SHA256.HashData(file)),
                SizeBytes = file.Length,
                CreatedAt = DateTimeOffset.UnixEpoch,
                Lineage = new ModelLineage { JobId = "j", Epoch = 1, Program = "test" },
            },
            Cancel);
        return new EndpointModel(name, version);
    }

    public async Task RouteAsync(string endpoint, int idleSeconds, params EndpointTraffic[] traffic)
    {
        var record = new EndpointRecord
        {
            Name = endpoint,
            Revision = 1,
            Traffic = traffic,
            IdleSeconds = idleSeconds,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        if (!await Endpoints.CreateAsync(record, Cancel))
            await Endpoints.UpdateAsync(endpoint, found => found with { Revision = found.Revision + 1, Traffic = traffic, IdleSeconds = idleSeconds }, Cancel);
        await Host.RouteAsync(endpoint, Cancel);
    }

    public async Task DeployAsync(string endpoint, byte[] file, int version = 1, int idleSeconds = 300)
    {
        await RegisterAsync(endpoint, version, file);
        await RouteAsync(endpoint, idleSeconds, new EndpointTraffic(endpoint, version, 100));
    }

    public Task<WireReply> InferAsync(string endpoint, string json, string? stickyKey = null) =>
        Predictor.InferAsync(endpoint, Json(json) with { StickyKey = stickyKey }, Cancel);

    public Task<WireReply> PredictAsync(string endpoint, string json) => Predictor.PredictAsync(endpoint, Json(json), Cancel);

    public Task<WireReply> PredictCsvAsync(string endpoint, string csv, string? accept = null) =>
        Predictor.PredictAsync(endpoint, Request(Encoding.UTF8.GetBytes(csv), "text/csv") with { Accept = accept }, Cancel);

    public static WireRequest Json(string json) => Request(Encoding.UTF8.GetBytes(json), "application/json");

    public static WireRequest Request(byte[] body, string contentType) =>
        new() { Body = new MemoryStream(body), ContentType = contentType, ContentLength = body.Length };

    /// <summary>The problem that a reply is.</summary>
    public static Problem Problem(WireReply reply, int status)
    {
        Assert.True(reply.Status == status, $"Wanted {status}, got {reply.Status}: {Text(reply)}");
        Assert.Equal("application/problem+json", reply.ContentType);
        var problem = System.Text.Json.JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.Problem)!;
        Assert.False(string.IsNullOrEmpty(problem.Detail));
        Assert.False(string.IsNullOrEmpty(problem.Cure));
        return problem;
    }

    /// <summary>The body of a reply that is no problem.</summary>
    public static string Good(WireReply reply)
    {
        Assert.True(reply.Status == 200, $"Wanted 200, got {reply.Status}: {Text(reply)}");
        return Text(reply);
    }

    public static string Text(WireReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    public void Dispose() => provider.Dispose();
}
