using System.Net;
using Microsoft.AspNetCore.Http;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Access;

/// <summary>
/// The names that this host answers to. A page in a browser on the same machine can reach a loopback address under a name of its own (DNS rebinding)
/// or from another origin; the <c>Host</c> and <c>Origin</c> headers tell.
/// </summary>
internal sealed class HostNames
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
    private readonly bool anyAddress;

    /// <summary>Makes the list.</summary>
    /// <param name="more">Names beside the loopback ones.</param>
    /// <param name="anyAddress">Whether an IP address is a name of ours whatever it is: for hosts that others reach. An address cannot be rebound.</param>
    public HostNames(IEnumerable<string> more, bool anyAddress)
    {
        names.UnionWith(more);
        this.anyAddress = anyAddress;
    }

    /// <summary>Refuses a call that is for another host or from another origin.</summary>
    /// <exception cref="ServerlessException"><c>foreign_host</c> or <c>forbidden</c>.</exception>
    public void Check(HttpRequest request)
    {
        if (!Knows(request.Host))
            throw new ServerlessException(ProblemCodes.ForeignHost, $"The request is for the host {Shown.Quote(request.Host.Value ?? "")}, which is not this one.",
                "Use the address that the host printed when it started, or start it with '--host-names'.");
        var origin = request.Headers.Origin;
        if (origin.Count != 0 && !(origin.Count == 1 && IsOwn(origin[0], request.Host)))
            throw new ServerlessException(ProblemCodes.Forbidden, $"The request comes from the origin {Shown.Quote(origin.ToString())}, which is not this host.",
                "Call from this host's own pages, or from a program that sends no Origin.");
    }

    private bool Knows(HostString host)
    {
        if (!host.HasValue)
            return false;
        return names.Contains(host.Host) || (anyAddress && IPAddress.TryParse(host.Host, out _));
    }

    private static bool IsOwn(string? origin, HostString host) =>
        string.Equals(origin, "http://" + host.Value, StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, "https://" + host.Value, StringComparison.OrdinalIgnoreCase);
}
