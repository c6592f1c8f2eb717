using System.CommandLine;
using Serverless.Client;
using Serverless.Client.Errors;
using Serverless.Client.Hosts;
using Serverless.Client.Http;

namespace Serverless.Cli.Shell;

/// <summary>One run of a command: its parsed options, its streams, and the host that it speaks to.</summary>
internal sealed class Invocation(ParseResult parsed, CommonOptions common, CliIo io, IReadOnlyList<string>? rest, CancellationToken cancel) : IDisposable
{
    private ServerlessClient? client;

    public CliIo Io => io;

    public CancellationToken Cancel => cancel;

    /// <summary>What came after <c>--</c>; null when there was none.</summary>
    public IReadOnlyList<string>? Rest => rest;

    public Output Output { get; } = new(io, parsed.GetValue(common.Output) == OutputKind.Json);

    /// <summary>The data folder of the local host.</summary>
    public string DataFolder => parsed.GetValue(common.Data) is { Length: > 0 } folder
        ? Path.GetFullPath(folder, io.Folder)
        : io.Environment(LocalHost.HomeVariable) is { Length: > 0 } home ? Path.GetFullPath(home, io.Folder) : LocalHost.DefaultDataFolder;

    /// <summary>Whether <c>--data</c> names the data folder.</summary>
    public bool NamesDataFolder => parsed.GetValue(common.Data) is { Length: > 0 };

    /// <summary>The host that the options or the environment name, else the one that runs on this machine.</summary>
    public ServerlessClient Client => client ??= Connect();

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T Get<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>The value of an argument that may be missing.</summary>
    public T? Find<T>(Argument<T> argument) => parsed.GetValue(argument);

    public void Dispose() => client?.Dispose();

    private ServerlessClient Connect()
    {
        var key = io.Environment(LocalHost.KeyVariable);
        var address = parsed.GetValue(common.Url) ?? (NamesDataFolder ? null : io.Environment(LocalHost.AddressVariable));
        if (address is { Length: > 0 })
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? new ServerlessClient(new ServerlessClientOptions { Address = uri!, Key = key, Clock = io.Clock })
                : throw CliException.Usage($"'{address}' is no http or https address.", "Give one such as 'http://127.0.0.1:7077' to --url or SERVERLESS_URL.");
        }

        var host = LocalHost.Find(DataFolder)
            ?? throw new HostUnreachableException($"No host runs with the data folder '{DataFolder}', and neither --url nor SERVERLESS_URL names one. Start one with 'serverless up', or set SERVERLESS_URL and SERVERLESS_KEY.");
        return new ServerlessClient(new ServerlessClientOptions
        {
            Address = new Uri(host.Url),
            Key = NamesDataFolder ? LocalHost.ReadKey(DataFolder) ?? key : key ?? LocalHost.ReadKey(DataFolder),
            Clock = io.Clock,
        });
    }
}
