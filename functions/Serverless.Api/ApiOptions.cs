using Serverless.Api.Access.Callers;
using Serverless.Api.Access.Nodes;
using Serverless.Api.Access.SignIn;

namespace Serverless.Api;

/// <summary>Who may come in, and under which name.</summary>
public sealed record ApiOptions
{
    /// <summary>The keys that are known from the start; more are made over the API.</summary>
    public required IReadOnlyList<AccessKey> Keys { get; init; }

    /// <summary>The organisation's sign-in; null: keys alone.</summary>
    public EntraOptions? Entra { get; init; }

    /// <summary>The managed identity that nodes come with; null: tokens of their own alone. Needs <see cref="Entra"/>.</summary>
    public NodeIdentityOptions? Nodes { get; init; }

    /// <summary>Whether the header of the platform's own sign-in is believed; see <see cref="AccessSettings"/>. Default: no.</summary>
    public bool TrustPlatformSignIn { get; init; }

    /// <summary>Names of this host beside the loopback ones.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Whether an IP address in the <c>Host</c> header is taken for ours whatever it is: for hosts that others reach. Default: only loopback addresses.</summary>
    public bool AnyAddress { get; init; }
}
