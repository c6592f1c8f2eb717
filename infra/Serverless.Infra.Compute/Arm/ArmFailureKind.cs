namespace Serverless.Infra.Compute.Arm;

/// <summary>What a refusal of Azure Resource Manager means to us.</summary>
internal enum ArmFailureKind
{
    /// <summary>Too many calls.</summary>
    Throttled,

    /// <summary>Another operation is in progress on the same thing.</summary>
    InProgress,

    /// <summary>The subscription's quota does not reach.</summary>
    Quota,

    /// <summary>The region has no such machine free now.</summary>
    NoCapacity,

    /// <summary>The region or the subscription does not have the size.</summary>
    NoSize,

    /// <summary>No such thing.</summary>
    NotFound,

    /// <summary>The identity may not do this.</summary>
    Forbidden,

    /// <summary>The host has no token.</summary>
    NotSignedIn,

    /// <summary>Azure or the network has trouble.</summary>
    Down,

    /// <summary>The request is wrong.</summary>
    Wrong,
}
