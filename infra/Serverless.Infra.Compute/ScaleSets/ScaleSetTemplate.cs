using Serverless.Core.Compute;

namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>What the machines of a pool are.</summary>
public sealed record ScaleSetTemplate
{
    /// <summary>The pool: its name and its most machines.</summary>
    public required PoolOptions Pool { get; init; }

    /// <summary>Azure's name of the region.</summary>
    public required string Region { get; init; }

    /// <summary>Azure's name of the size.</summary>
    public required string Size { get; init; }

    /// <summary>Whether the machines may be taken away; an evicted one is deleted, not kept.</summary>
    public bool Spot { get; init; }

    /// <summary>Most that a spot machine may cost per hour in dollars; null: up to the regular price.</summary>
    public double? MaxSpotPrice { get; init; }

    /// <summary>The image: the id of a resource, or <c>publisher:offer:sku:version</c>.</summary>
    public required string Image { get; init; }

    /// <summary>The system disk in GB, 30 to 1,023. Default: 128, room for a CUDA container image.</summary>
    public int OSDiskGB { get; init; } = 128;

    /// <summary>The id of the subnet. The machines have no public address.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The id of the user-assigned identity with which the agent proves itself.</summary>
    public required string IdentityId { get; init; }

    /// <summary>cloud-init's text, at most 64 KB in base 64. Whoever may read the set may read it, so no secret may be in it.</summary>
    public required string CloudInit { get; init; }

    /// <summary>The administrator's name. Default: <c>serverless</c>.</summary>
    public string AdminUser { get; init; } = "serverless";

    /// <summary>The administrator's public SSH key: Azure wants one, and passwords are off.</summary>
    public required string SshPublicKey { get; init; }
}
