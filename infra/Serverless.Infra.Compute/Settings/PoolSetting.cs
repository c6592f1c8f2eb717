namespace Serverless.Infra.Compute.Settings;

/// <summary>A pool as the setting <c>SERVERLESS_POOLS</c> says it.</summary>
internal sealed record PoolSetting
{
    /// <summary>Its name; that of a family when there are several sizes.</summary>
    public string? Name { get; init; }

    /// <summary>The size of its machines.</summary>
    public string? Size { get; init; }

    /// <summary>Instead: several sizes, one pool each.</summary>
    public IReadOnlyList<string>? Sizes { get; init; }

    /// <summary>Whether its machines may be taken away.</summary>
    public bool Spot { get; init; }

    /// <summary>Most that a spot machine may cost per hour in dollars.</summary>
    public double? MaxSpotPrice { get; init; }

    /// <summary>Most machines at once.</summary>
    public int? MaxNodes { get; init; }

    /// <summary>How long a machine without work stays: the pool's warm time.</summary>
    public double? IdleSeconds { get; init; }

    /// <summary>How long a machine may take to come.</summary>
    public double? BootSeconds { get; init; }

    /// <summary>How often an agent renews its claim; the claim holds six times as long.</summary>
    public double? RenewSeconds { get; init; }

    /// <summary>How long an agent gathers log lines and metrics before it sends them.</summary>
    public double? BatchSeconds { get; init; }

    /// <summary>Its region, when it is another than the environment's.</summary>
    public string? Region { get; init; }

    /// <summary>Its image, when it is another than the environment's.</summary>
    public string? Image { get; init; }

    /// <summary>The system disk in GB.</summary>
    public int? OSDiskGB { get; init; }
}
