namespace Serverless.Agent.Containers;

/// <summary>The parts of an image's name. The host has checked that it is one.</summary>
/// <param name="Repository">Registry and name, without tag and digest, with the registry that is meant when none is said.</param>
/// <param name="Tag">The tag; null: none was said.</param>
/// <param name="Digest">The digest <c>sha256:…</c>; null: none was said.</param>
internal sealed record ImageReference(string Repository, string? Tag, string? Digest)
{
    private const string Hub = "docker.io/";
    private const string Localhost = "localhost/";

    /// <summary>Whether it is an image that was built on the node and belongs to no registry.</summary>
    public bool IsLocal => Repository.StartsWith(Localhost, StringComparison.Ordinal);

    /// <summary>The registry, such as <c>ghcr.io</c> or <c>localhost:5000</c>.</summary>
    public string Registry => Repository[..Repository.IndexOf('/')];

    /// <summary>The whole name, with its registry: the same image whichever runtime reads it, whatever search list it has. The tag is left out where a digest says more.</summary>
    public string Full => Digest is not null ? $"{Repository}@{Digest}" : $"{Repository}:{Tag ?? "latest"}";

    /// <summary>Takes a name apart.</summary>
    public static ImageReference Parse(string name)
    {
        var at = name.IndexOf('@');
        var digest = at < 0 ? null : name[(at + 1)..];
        var plain = at < 0 ? name : name[..at];
        var colon = plain.LastIndexOf(':');
        var hasTag = colon > plain.LastIndexOf('/');
        return new ImageReference(Qualified(hasTag ? plain[..colon] : plain), hasTag ? plain[(colon + 1)..] : null, digest);
    }

    /// <summary>A first part with a dot or a colon, or 'localhost', is a registry; else Docker Hub is meant, and there <c>library/</c> for a name of one part.</summary>
    private static string Qualified(string name)
    {
        var slash = name.IndexOf('/');
        if (slash < 0)
            return $"{Hub}library/{name}";
        var first = name[..slash];
        return first == "localhost" || first.AsSpan().ContainsAny(".:") ? name : Hub + name;
    }
}
