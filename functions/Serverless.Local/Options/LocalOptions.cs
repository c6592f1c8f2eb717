using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Local.Options;

/// <summary>How the host runs, as the command line says.</summary>
internal sealed record LocalOptions
{
    /// <summary>Where everything is kept.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The address; port 0: a free one.</summary>
    public required Uri Url { get; init; }

    /// <summary>The built agent; null: the one that was built with the host.</summary>
    public string? Agent { get; init; }

    /// <summary>The built-in algorithms; null: those that were built with the host.</summary>
    public string? Algorithms { get; init; }

    /// <summary>Most nodes at once.</summary>
    public int MaxNodes { get; init; } = 2;

    /// <summary>How long a node without work stays.</summary>
    public TimeSpan NodeIdle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long without a call a new endpoint's session is unloaded.</summary>
    public TimeSpan EndpointIdle { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The stated price of one node per hour.</summary>
    public decimal PricePerHour { get; init; } = 0.10m;

    /// <summary>ISO 4217 code of the price.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>What the jobs of a month may cost, unless somebody sets another limit; null: no limit.</summary>
    public decimal? MonthlyBudget { get; init; }

    /// <summary>Pools of Azure's machines beside this machine's; null: none.</summary>
    public ScaleSetPoolOptions? Azure { get; init; }

    /// <summary>The process with which the host stops; null: none.</summary>
    public int? StopWith { get; init; }

    /// <summary>Whether an address that others reach may be listened on.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Names of this host beside the loopback ones.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>How long a file in the drop folder must stay as it is before it is taken in.</summary>
    public TimeSpan DropSettle { get; init; } = TimeSpan.FromSeconds(2);
}
