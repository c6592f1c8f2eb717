using Serverless.Client.Access;
using Serverless.Client.Compute;
using Serverless.Client.Content;
using Serverless.Client.Costs;
using Serverless.Client.Data;
using Serverless.Client.Endpoints;
using Serverless.Client.Errors;
using Serverless.Client.Experiments;
using Serverless.Client.Hosts;
using Serverless.Client.Http;
using Serverless.Client.Jobs;
using Serverless.Client.Models;
using Serverless.Client.Studies;
using Serverless.Client.Triggers;
using Serverless.Contracts;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Wire;

namespace Serverless.Client;

/// <summary>
/// Everything that a person or program can ask of a host. Safe for use by many threads at once; make one and keep it.
/// Each method throws <see cref="ServerlessApiException"/> when the host refuses and <see cref="HostUnreachableException"/> when no answer comes.
/// </summary>
public sealed class ServerlessClient : IDisposable
{
    private readonly ApiConnection connection;

    /// <summary>Makes a client with the usual options.</summary>
    /// <param name="address">The host's address, such as <c>http://127.0.0.1:7077</c>.</param>
    /// <param name="key">The API key; null: none is sent.</param>
    public ServerlessClient(Uri address, string? key)
        : this(new ServerlessClientOptions { Address = address, Key = key })
    {
    }

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it speaks to the host.</param>
    public ServerlessClient(ServerlessClientOptions options)
    {
        connection = new ApiConnection(options);
        Content = new ContentClient(connection);
        Data = new DataClient(connection, Content);
        Jobs = new JobsClient(connection);
        Studies = new StudiesClient(connection);
        Experiments = new ExperimentsClient(connection);
        Models = new ModelsClient(connection);
        Endpoints = new EndpointsClient(connection);
        Triggers = new TriggersClient(connection);
        Compute = new ComputeClient(connection);
        Budget = new BudgetClient(connection);
        Keys = new KeysClient(connection);
    }

    /// <summary>The host's address.</summary>
    public Uri Address => connection.Address;

    /// <summary>Bytes by their hash: code folders and the files of data sets.</summary>
    public ContentClient Content { get; }

    /// <summary>Data sets.</summary>
    public DataClient Data { get; }

    /// <summary>Jobs.</summary>
    public JobsClient Jobs { get; }

    /// <summary>Studies: many trials of one job, and the best of them.</summary>
    public StudiesClient Studies { get; }

    /// <summary>Experiments: jobs and studies side by side.</summary>
    public ExperimentsClient Experiments { get; }

    /// <summary>The model registry.</summary>
    public ModelsClient Models { get; }

    /// <summary>Endpoints and predictions.</summary>
    public EndpointsClient Endpoints { get; }

    /// <summary>Triggers: data that lands starts jobs.</summary>
    public TriggersClient Triggers { get; }

    /// <summary>What the jobs of a month may cost.</summary>
    public BudgetClient Budget { get; }

    /// <summary>Pools and nodes.</summary>
    public ComputeClient Compute { get; }

    /// <summary>Keys, for admins.</summary>
    public KeysClient Keys { get; }

    /// <summary>
    /// A client for the host that the environment names: <c>SERVERLESS_URL</c> and <c>SERVERLESS_KEY</c>, else the one that runs on this machine
    /// (<see cref="LocalHost"/>) with the data folder <c>SERVERLESS_HOME</c>, else <c>~/.serverless</c>.
    /// </summary>
    /// <exception cref="HostUnreachableException">The environment names none and none runs here.</exception>
    public static ServerlessClient Connect()
    {
        if (Environment.GetEnvironmentVariable(LocalHost.AddressVariable) is { Length: > 0 } address)
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? new ServerlessClient(uri!, Environment.GetEnvironmentVariable(LocalHost.KeyVariable))
                : throw new HostUnreachableException($"{LocalHost.AddressVariable} is '{address}', which is no http or https address. Set it to one such as 'http://127.0.0.1:7077'.");
        }

        var folder = LocalHost.DefaultDataFolder;
        var host = LocalHost.Find(folder)
            ?? throw new HostUnreachableException($"{LocalHost.AddressVariable} is not set and no host runs with the data folder '{folder}'. Start one with 'serverless up'.");
        return new ServerlessClient(new Uri(host.Url), Environment.GetEnvironmentVariable(LocalHost.KeyVariable) ?? LocalHost.ReadKey(folder));
    }

    /// <summary>Whether the host can do its work, and which part can not.</summary>
    public Task<Health> HealthAsync(CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Routes.Ready) { Accepts = [System.Net.HttpStatusCode.ServiceUnavailable], Attempts = 1 }, ContractsJson.Default.Health, cancel);

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();
}
