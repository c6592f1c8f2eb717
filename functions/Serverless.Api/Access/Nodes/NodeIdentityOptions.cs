namespace Serverless.Api.Access.Nodes;

/// <summary>The managed identity that nodes prove themselves with.</summary>
public sealed record NodeIdentityOptions
{
    /// <summary>The identity's object id.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>The identity's resource id; a token must name it (<c>xms_mirid</c>).</summary>
    public required string ResourceId { get; init; }

    /// <summary>What the resource ids of the nodes' scale sets begin with, such as <c>/subscriptions/…/resourceGroups/…/</c>: a token that says which machine asked for it must say one below. Null: not looked at.</summary>
    public string? MachinesBelow { get; init; }
}
