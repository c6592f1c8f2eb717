namespace Serverless.Api.Access.Nodes;

/// <summary>The managed identity that nodes prove themselves with.</summary>
public sealed record NodeIdentityOptions
{
    /// <summary>The identity's object id; a token must be its (<c>oid</c>).</summary>
    public required string PrincipalId { get; init; }

    /// <summary>The identity's resource id; a token that says which resource it is of (<c>xms_mirid</c>) must name it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>What the resource ids of the nodes' scale sets begin with, such as <c>/subscriptions/…/resourceGroups/…/</c>: a token that says which machine asked for it must say one below. Null: not looked at.</summary>
    public string? MachinesBelow { get; init; }
}
