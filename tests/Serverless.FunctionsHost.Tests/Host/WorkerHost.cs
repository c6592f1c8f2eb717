using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.FunctionsHost.Tests.Protocol;
using Serverless.TestKit;

namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>
/// The Functions host as far as a worker sees it: listens on a free port of loopback, starts the worker, asks for its functions, loads them, invokes them.
/// It has no triggers of its own: a test says what a trigger would have said.
/// </summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    /// <summary>A function may try a service that cannot be reached for half a minute before it goes on without.</summary>
    private static readonly TimeSpan Patience = 2 * Eventually.Patience;

    private readonly WebApplication server;
    private readonly WorkerStream stream;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private WorkerHost(WebApplication server, WorkerStream stream, TaskHub hub, Uri address, WorkerProcess worker)
    {
        this.server = server;
        this.stream = stream;
        Hub = hub;
        Address = address;
        Worker = worker;
    }

    /// <summary>Where the host listens.</summary>
    public Uri Address { get; }

    /// <summary>The worker's process.</summary>
    public WorkerProcess Worker { get; }

    /// <summary>What the worker said that it can.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>The functions that it has, by name; all are loaded.</summary>
    public IReadOnlyDictionary<string, FunctionMetadata> Functions { get; private set; } = new Dictionary<string, FunctionMetadata>();

    /// <summary>The task hub that functions are given a client of.</summary>
    public TaskHub Hub { get; }

    /// <summary>What the worker logged through the host.</summary>
    public IReadOnlyCollection<string> Log => stream.Log;

    /// <summary>Starts host and worker, and loads every function.</summary>
    /// <param name="settings">The app's settings, as environment variables; null: those of <see cref="AppSettings"/>.</param>
    /// <param name="app">The app: its project.</param>
    public static async Task<WorkerHost> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string app = "Serverless.Functions")
    {
        var stream = new WorkerStream();
        var hub = new TaskHub();
        var (server, address) = await ListenAsync(stream, hub);
        var host = new WorkerHost(server, stream, hub, address, WorkerProcess.Start(app, address, "worker-1", settings ?? AppSettings.Offline));
        try
        {
            await host.GreetAsync(WorkerProcess.Folder(app));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a function once.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="input">What its bindings get, by parameter name.</param>
    /// <param name="trigger">What the trigger says besides.</param>
    /// <param name="invocationId">Its id; null: a new one.</param>
    public async Task<InvocationResponse> InvokeAsync(
        string function, IReadOnlyDictionary<string, TypedData> input, IReadOnlyDictionary<string, TypedData>? trigger = null, string? invocationId = null)
    {
        var request = new InvocationRequest
        {
            InvocationId = invocationId ?? Guid.NewGuid().ToString(),
            FunctionId = Function(function).FunctionId,
            TraceContext = new() { TraceParent = $"00-{Guid.NewGuid():N}-00f067aa0ba902b7-01" },
        };
        request.InputData.AddRange(input.Select(one => new ParameterBinding { Name = one.Key, Data = one.Value }));
        request.InputData.AddRange(Bound(function, "durableClient").Select(name => new ParameterBinding { Name = name, Data = HubClient() }));
        foreach (var (name, value) in trigger ?? new Dictionary<string, TypedData>())
            request.TriggerMetadata[name] = value;
        var answer = await AskAsync($"the answer of '{function}'", new StreamingMessage { InvocationRequest = request }, request.InvocationId);
        return answer.InvocationResponse;
    }

    /// <summary>Sends an HTTP call to a function as the host does for a worker that serves HTTP itself: the call goes to the worker's own address with the invocation's id, the invocation over the stream.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="call">The call; its address is a path.</param>
    public async Task<HttpResponseMessage> SendAsync(string function, HttpRequestMessage call)
    {
        var id = Guid.NewGuid().ToString();
        var parameter = Bound(function, "httpTrigger").Single();
        call.RequestUri = new Uri(Capabilities["HttpUri"].TrimEnd('/') + call.RequestUri!.OriginalString, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }); // a path goes as it is written
        call.Headers.Add("x-ms-invocation-id", id);
        using var limit = new CancellationTokenSource(Patience);
        var invocation = InvokeAsync(function, new Dictionary<string, TypedData> { [parameter] = new() { Http = new RpcHttp() } }, invocationId: id);
        var response = await http.SendAsync(call, limit.Token);
        Succeeded(await invocation);
        return response;
    }

    /// <summary>The parameters of a function that are bound to something of a kind.</summary>
    public IEnumerable<string> Bound(string function, string kind) => Function(function).Bindings.Where(one => one.Value.Type == kind).Select(one => one.Key);

    /// <summary>Asks for a function by its metadata to be loaded.</summary>
    public async Task<StatusResult> LoadAsync(FunctionMetadata function)
    {
        var id = $"load-{function.FunctionId}";
        var request = new StreamingMessage { RequestId = id, FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } };
        return (await AskAsync($"'{function.Name}' to be loaded", request, id)).FunctionLoadResponse.Result;
    }

    /// <summary>Asks the worker to go, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await stream.TellAsync(new StreamingMessage { WorkerTerminate = new() { GracePeriod = new() { Seconds = 5 } } }, limit.Token);
        return await Worker.ExitAsync();
    }

    /// <summary>Fails the test unless an invocation succeeded.</summary>
    public InvocationResponse Succeeded(InvocationResponse answer)
    {
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success,
            $"{answer.Result.Exception?.Type} {answer.Result.Exception?.Message}\n{answer.Result.Exception?.StackTrace}\nThe worker's log:\n{string.Join('\n', Log)}");
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Worker.Dispose();
        http.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await server.StopAsync(limit.Token);
        await server.DisposeAsync();
    }

    private static async Task<(WebApplication Server, Uri Address)> ListenAsync(WorkerStream stream, TaskHub hub)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null; // the stream is one body, as long as the worker lives
            kestrel.Limits.MinRequestBodyDataRate = null; // and silent most of the time
            kestrel.Limits.MinResponseDataRate = null;
        });
        var server = builder.Build();
        server.MapPost(WorkerStream.Path, stream.ServeAsync);
        hub.Map(server);
        await server.StartAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return (server, new Uri(address));
    }

    private async Task GreetAsync(string folder)
    {
        await WithinAsync("the worker to open its stream", async cancel => await stream.Opened.WaitAsync(cancel));
        var greeting = new StreamingMessage { RequestId = "init", WorkerInitRequest = new() { HostVersion = "4.0.0", WorkerDirectory = folder, FunctionAppDirectory = folder } };
        greeting.WorkerInitRequest.Capabilities["V2Compatable"] = "True"; // spelled so by the host
        Capabilities = (await AskAsync("the worker's greeting", greeting, "init")).WorkerInitResponse.Capabilities;

        var question = new StreamingMessage { RequestId = "functions", FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } };
        var found = (await AskAsync("the worker's functions", question, "functions")).FunctionMetadataResponse;
        Assert.True(found.Result.Status == StatusResult.Types.Status.Success, found.Result.Exception?.Message);
        Functions = found.FunctionMetadataResults.ToDictionary(one => one.Name);
        foreach (var function in Functions.Values)
        {
            var loaded = await LoadAsync(function);
            Assert.True(loaded.Status == StatusResult.Types.Status.Success, $"'{function.Name}' was not loaded: {loaded.Exception?.Message}");
        }

        await Eventually.TrueAsync($"the worker to listen on {Capabilities["HttpUri"]}", ListensAsync); // it does so a moment after it has opened its stream
    }

    private async Task<bool> ListensAsync()
    {
        var address = new Uri(Capabilities["HttpUri"]);
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return true;
        }
        catch (SocketException)
        {
            return Worker.HasExited ? throw new InvalidOperationException($"The worker has ended. It wrote:\n{Worker.Output}") : false;
        }
    }

    private TypedData HubClient() => new()
    {
        String = JsonSerializer.Serialize(new { rpcBaseUrl = Address, httpBaseUrl = Address, taskHubName = "serverless", connectionName = "AzureWebJobsStorage", requiredQueryStringParameters = "" }),
    };

    private FunctionMetadata Function(string name) => Functions.TryGetValue(name, out var found)
        ? found
        : throw new ArgumentException($"The worker has no function '{name}'. It has: {string.Join(", ", Functions.Keys.Order())}.", nameof(name));

    private Task<StreamingMessage> AskAsync(string what, StreamingMessage request, string key) =>
        WithinAsync(what, cancel => stream.AskAsync(request, key, cancel));

    private async Task<T> WithinAsync<T>(string what, Func<CancellationToken, Task<T>> wait)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var watch = new Timer(_ => { if (Worker.HasExited) limit.Cancel(); }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        try
        {
            return await wait(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s, or until the worker ended, for {what}. The worker wrote:\n{Worker.Output}\nIts log:\n{string.Join('\n', Log)}");
        }
    }
}
