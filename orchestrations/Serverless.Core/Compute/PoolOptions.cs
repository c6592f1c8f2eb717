namespace Serverless.Core.Compute;

/// <summary>How a pool behaves.</summary>
public sealed record PoolOptions
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "local";

    /// <summary>The name by which a person may ask for any of several pools; null: the pool's own name alone.</summary>
    public string? Family { get; init; }

    /// <summary>Most nodes at once. Default: 2, so that a laptop stays usable.</summary>
    public int MaxNodes { get; init; } = 2;

    /// <summary>How long a node without work stays. Default: 2 s: a local node costs nothing to start again.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a claim holds without renewal. Default: 15 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often an agent renews. Default: 1 s, which is also how soon it learns that its job shall stop.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an agent gathers log lines and metrics of a job before it sends them. Default: 0.1 s, which a person who watches does not notice; where each write is billed, longer.</summary>
    public TimeSpan Batch { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>How long a node may take from being asked for to its agent's first word. Default: 60 s.</summary>
    public TimeSpan Boot { get; init; } = TimeSpan.FromSeconds(60);
}
