using Serverless.Api.Access;

namespace Serverless.Api;

/// <summary>Who may come in, and under which name.</summary>
public sealed record ApiOptions
{
    /// <summary>The keys that are known.</summary>
    public required IReadOnlyList<AccessKey> Keys { get; init; }

    /// <summary>Names of this host beside the loopback ones.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Whether an IP address in the <c>Host</c> header is taken for ours whatever it is: for hosts that others reach. Default: only loopback addresses.</summary>
    public bool AnyAddress { get; init; }
}
