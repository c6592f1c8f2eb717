namespace Serverless.Api.Routing;

/// <summary>A template taken apart once, so that a match is a comparison of segments: exact in case and in count.</summary>
internal sealed class RouteTemplate
{
    private readonly string[] literals;
    private readonly bool rest;

    /// <summary>Takes a template apart.</summary>
    public RouteTemplate(string template)
    {
        var parts = template[1..].Split('/');
        rest = parts[^1].StartsWith("{**", StringComparison.Ordinal);
        literals = [.. parts.Select(part => part[0] == '{' ? "" : part)];
        Names = [.. parts.Where(part => part[0] == '{').Select(part => part.Trim('{', '}', '*'))];
    }

    /// <summary>The parameters in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The parameters' values, or null when these segments are another path.</summary>
    public IReadOnlyDictionary<string, string>? Match(IReadOnlyList<string> segments)
    {
        if (rest ? segments.Count < literals.Length : segments.Count != literals.Length)
            return null;
        for (var i = 0; i < literals.Length; i++)
        {
            var empty = segments[i].Length == 0;
            if (literals[i].Length == 0 ? empty : !string.Equals(segments[i], literals[i], StringComparison.Ordinal))
                return null;
        }

        return segments[^1].Length == 0 ? null : Values(segments);
    }

    private Dictionary<string, string> Values(IReadOnlyList<string> segments)
    {
        var values = new Dictionary<string, string>(Names.Count, StringComparer.Ordinal);
        for (int i = 0, name = 0; i < literals.Length; i++)
        {
            if (literals[i].Length == 0)
                values[Names[name++]] = rest && i == literals.Length - 1 ? string.Join('/', segments.Skip(i)) : segments[i];
        }

        return values;
    }
}
