using System.Globalization;
using System.Net;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Local.Options;

/// <summary>Reads the command line and tells all that is wrong with it at once.</summary>
internal sealed class LocalOptionsReader
{
    /// <summary>What can be said.</summary>
    public const string Usage = """
        Serverless.Local [options]

          --data FOLDER               where everything is kept; default: SERVERLESS_HOME, else ~/.serverless
          --urls http://HOST:PORT     where to listen; port 0: a free one; default: http://127.0.0.1:5080
          --allow-remote              allows an address that other machines reach
          --host-names NAME,…         names of this host beside the loopback ones
          --max-nodes N               most nodes at once, 1 to 64; default: 2
          --node-idle-seconds S       how long a node without work stays, 0.1 to 86,400; default: 2
          --endpoint-idle-seconds S   after how long without a call a new endpoint is unloaded, 1 to 86,400; default: 300
          --drop-settle-seconds S     how long a dropped file must stay as it is before it is taken, 0.1 to 3,600; default: 2
          --price-per-hour AMOUNT     the stated price of one node; default: 0.10
          --currency CODE             its currency; default: USD
          --monthly-budget AMOUNT     what the jobs of a month may cost, unless another limit is set; default: no limit
          --azure-pools               adds pools of Azure's machines, from the variables SERVERLESS_POOLS and others
          --prices FILE               what Azure's sizes cost; default: the list that is built in
          --stop-with PROCESS         stop when this process has ended, however it ended
          --agent PATH                the agent; default: the one built with the host
          --algorithms PATH           the built-in algorithms; default: those built with the host
        """;

    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const string HomeVariable = "SERVERLESS_HOME";

    private readonly Dictionary<string, string?> values = new(StringComparer.Ordinal);
    private readonly List<string> errors = [];

    private LocalOptionsReader()
    {
    }

    /// <summary>The options, or all errors.</summary>
    public static (LocalOptions? Options, IReadOnlyList<string> Errors) Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var reader = new LocalOptionsReader();
        reader.Split(arguments);
        var options = reader.Build(environment);
        return reader.errors.Count == 0 ? (options, []) : (null, reader.errors);
    }

    private void Split(IReadOnlyList<string> arguments)
    {
        string[] valued = ["data", "urls", "host-names", "max-nodes", "node-idle-seconds", "endpoint-idle-seconds", "drop-settle-seconds", "price-per-hour", "currency", "monthly-budget", "prices", "stop-with", "agent", "algorithms"];
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].IndexOf('=') is var at and > 0 ? (arguments[i][..at], arguments[i][(at + 1)..]) : (arguments[i], null);
            if (name is ("--allow-remote" or "--azure-pools") && value is null)
                Add(name[2..], "");
            else if (name.StartsWith("--", StringComparison.Ordinal) && valued.Contains(name[2..]))
            {
                if (value is null && i + 1 == arguments.Count)
                    errors.Add($"The option '{name}' has no value.");
                else
                    Add(name[2..], value ?? arguments[++i]);
            }
            else
                errors.Add($"There is no option {Shown.Quote(arguments[i])}.");
        }
    }

    private void Add(string name, string value)
    {
        if (!values.TryAdd(name, value))
            errors.Add($"The option '--{name}' is given twice.");
    }

    private LocalOptions Build(Func<string, string?> environment)
    {
        var remote = values.ContainsKey("allow-remote");
        return new LocalOptions
        {
            DataFolder = Path.GetFullPath(Text("data") ?? (environment(HomeVariable) is { Length: > 0 } home ? home : DefaultFolder())),
            Url = Url(Text("urls") ?? DefaultUrl, remote),
            AllowRemote = remote,
            HostNames = Names(Text("host-names")),
            MaxNodes = (int)Number("max-nodes", 2, 1, 64),
            NodeIdle = TimeSpan.FromSeconds((double)Number("node-idle-seconds", 2, 0.1m, 86_400)),
            EndpointIdle = TimeSpan.FromSeconds((double)Number("endpoint-idle-seconds", 300, 1, 86_400)),
            DropSettle = TimeSpan.FromSeconds((double)Number("drop-settle-seconds", 2, 0.1m, 3_600)),
            PricePerHour = Number("price-per-hour", 0.10m, 0, 1_000_000),
            Currency = Currency(Text("currency") ?? "USD"),
            MonthlyBudget = values.ContainsKey("monthly-budget") ? Number("monthly-budget", 0, 0, 1_000_000_000) : null,
            Azure = values.ContainsKey("azure-pools") ? Azure(environment, Text("prices")) : null,
            StopWith = values.ContainsKey("stop-with") ? (int)Number("stop-with", 0, 1, int.MaxValue) : null,
            Agent = Program("agent"),
            Algorithms = Program("algorithms"),
        };
    }

    private ScaleSetPoolOptions? Azure(Func<string, string?> environment, string? prices)
    {
        try
        {
            return AzurePools.Read(environment, prices);
        }
        catch (ServerlessException failed)
        {
            errors.AddRange(failed.Errors.Select(error => $"'{error.Path}': {error.Message} {error.Cure}"));
            return null;
        }
    }

    private string? Text(string name)
    {
        var text = values.GetValueOrDefault(name);
        if (text is { Length: 0 })
            errors.Add($"The option '--{name}' is empty.");
        return text is { Length: 0 } ? null : text;
    }

    private decimal Number(string name, decimal otherwise, decimal min, decimal max)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            && (name is not ("max-nodes" or "stop-with") || value == decimal.Truncate(value)))
            return value;
        errors.Add(string.Create(CultureInfo.InvariantCulture, $"The option '--{name}' is {Shown.Quote(text)}; give a number from {min} to {max}."));
        return otherwise;
    }

    private Uri Url(string text, bool remote)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/"
            || !(url.Host == "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _)))
        {
            errors.Add($"The address {Shown.Quote(text)} is not one to listen on; give 'http://' with 'localhost' or an IP address and a port, and one address only.");
            return new Uri(DefaultUrl);
        }

        if (!url.IsLoopback && !remote)
            errors.Add($"The address {Shown.Quote(text)} is reached by other machines, who could send keys and data in the open. Say '--allow-remote' if that is meant, and put a proxy with TLS before it.");
        return url;
    }

    private IReadOnlyList<string> Names(string? text)
    {
        string[] names = text is null ? [] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names.Where(name => Uri.CheckHostName(name) == UriHostNameType.Unknown))
            errors.Add($"{Shown.Quote(name)} is no host name.");
        return names;
    }

    private string Currency(string text)
    {
        if (text.Length != 3 || !text.All(char.IsAsciiLetterUpper))
            errors.Add($"The currency {Shown.Quote(text)} is not an ISO 4217 code such as 'USD'.");
        return text;
    }

    private string? Program(string name)
    {
        if (Text(name) is not { } path)
            return null;
        if (!File.Exists(path))
            errors.Add($"The option '--{name}' names {Shown.Quote(path)}, which is no file.");
        return Path.GetFullPath(path);
    }

    private static string DefaultFolder() => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".serverless");
}
