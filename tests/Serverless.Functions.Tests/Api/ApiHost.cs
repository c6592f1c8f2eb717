using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Api;
using Serverless.Api.Access.Callers;
using Serverless.Api.Pipeline;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Secrets;
using Serverless.Core.Workflows;
using Serverless.Orchestrations;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Api;

/// <summary>The whole interface on a free loopback port, with ports in memory.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-the-test";
    public const string ReaderKey = "reader-key-of-the-test";
    public const string SubmitterKey = "submitter-key-of-the-test";
    public const string PredictKey = "predict-key-of-the-test";

    private readonly WebApplication app;

    private ApiHost(WebApplication app, AddressSigner signer)
    {
        this.app = app;
        Signer = signer;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public AddressSigner Signer { get; }

    public RecordedLog Log => (RecordedLog)app.Services.GetRequiredService<ILoggerProvider>();

    public IArtifactStore Artifacts => Get<IArtifactStore>();

    public RecordedWorkflows Workflows => (RecordedWorkflows)Get<IWorkflowClient>();

    public StubPredictor Predictor => (StubPredictor)Get<IPredictor>();

    public MemoryDoorbell Doorbell => (MemoryDoorbell)Get<IDoorbell>();

    public MemorySecretStore Secrets => (MemorySecretStore)Get<ISecretStore>();

    public JobSet Jobs => Get<JobSet>();

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<ApiHost> StartAsync(Action<IServiceCollection>? change = null, ApiOptions? options = null, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<ILoggerProvider, RecordedLog>().AddLogging();
        var time = clock ?? TimeProvider.System;
        var signer = new AddressSigner(Encoding.UTF8.GetBytes("a signing key that tests alone know"), time);
        builder.Services.AddSingleton(time).AddSingleton(signer).AddSingleton(new PoolOptions());
        builder.Services.AddSingleton<IArtifactStore>(new MemoryArtifactStore(time, signer)).AddSingleton<IDocumentStore>(new MemoryDocumentStore(time));
        builder.Services.AddSingleton<IDoorbell>(new MemoryDoorbell(time)).AddSingleton<IComputePool>(new MemoryComputePool(clock: time));
        builder.Services.AddSingleton<IWorkflowClient, RecordedWorkflows>().AddSingleton<IEndpointHost, StubEndpointHost>();
        builder.Services.AddSingleton<IPredictor, StubPredictor>().AddSingleton<INodeTokens, MemoryNodeTokens>().AddSingleton<ISecretStore, MemorySecretStore>();
        builder.Services.AddOrchestrations();
        builder.Services.AddServerlessApi(options ?? Keys());
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<ApiPipeline>().RunAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ApiHost(app, signer);
    }

    public static ApiOptions Keys() => new()
    {
        Keys =
        [
            AccessKey.Of("admin", AdminKey, AccessScopes.Admin), AccessKey.Of("reader", ReaderKey, AccessScopes.Reader),
            AccessKey.Of("submitter", SubmitterKey, AccessScopes.Submitter), AccessKey.Of("app", PredictKey, AccessScopes.Predictor),
        ],
    };

    /// <summary>A node that has said hello, and a client that speaks as it.</summary>
    public async Task<HttpClient> NodeAsync(string nodeId = "node-1", string pool = "local")
    {
        var cancel = TestContext.Current.CancellationToken;
        await Get<NodeSet>().CreateAsync(new NodeRecord { Id = nodeId, Pool = pool, Status = NodeStatus.Starting, CreatedAt = Get<TimeProvider>().GetUtcNow() }, cancel);
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Get<INodeTokens>().IssueAsync(pool, nodeId, cancel));
        var hello = new NodeHello { NodeId = nodeId, Pool = pool, VCpus = 2, MemoryBytes = 1L << 30, Os = "linux-x64", AgentVersion = "0.1.0" };
        using var response = await client.PostAsync(Contracts.Routes.AgentHello, Json(hello, ContractsJson.Default.NodeHello), cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return client;
    }

    public HttpClient WithKey(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public static HttpContent Json<T>(T value, JsonTypeInfo<T> json) => Json(JsonSerializer.Serialize(value, json));

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> json, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        return JsonSerializer.Deserialize(text, json)!;
    }

    public static async Task<Problem> ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, ContractsJson.Default.Problem)!;
        Assert.Equal(code, problem.Code);
        Assert.Equal(status, problem.Status);
        Assert.False(string.IsNullOrEmpty(problem.Detail));
        Assert.False(string.IsNullOrEmpty(problem.Cure));
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
