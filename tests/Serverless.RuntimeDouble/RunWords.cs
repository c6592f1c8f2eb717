namespace Serverless.RuntimeDouble;

/// <summary>The words of <c>run</c>, read as a container runtime reads them: options, the image, and the rest is the program's.</summary>
internal sealed record RunWords(IReadOnlyList<string> Options, string Image, IReadOnlyList<string> Arguments)
{
    public string Name => Values("--name=").Single();

    public string Attempt => Values("--label=serverless.attempt=").Single();

    public string? Folder => Values("--workdir=").SingleOrDefault();

    /// <summary>A podman of now takes a JSON array.</summary>
    public string? EntryPoint => Values("--entrypoint=").SingleOrDefault() is { } text ? System.Text.Json.JsonSerializer.Deserialize<string[]>(text)!.Single() : null;

    public static RunWords Parse(string[] words)
    {
        var options = words.TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToList();
        return new RunWords(options, words[options.Count], words[(options.Count + 1)..]);
    }

    /// <summary>The variables: a name alone takes its value from this process.</summary>
    public IEnumerable<(string Name, string Value)> Variables()
    {
        foreach (var line in Values("--env-file=").SelectMany(File.ReadAllLines).Concat(Values("--env=")))
        {
            var at = line.IndexOf('=');
            yield return at < 0 ? (line, Environment.GetEnvironmentVariable(line) ?? "") : (line[..at], line[(at + 1)..]);
        }
    }

    /// <summary>The path on the node of a path in the container: of the longest mount that it is below.</summary>
    public string OnNode(string path)
    {
        var mounts = Values("--mount=").Select(mount => mount.Split(',')).Select(parts => (Source: Part(parts, "source="), Target: Part(parts, "target=")));
        var best = mounts.Where(mount => path == mount.Target || path.StartsWith(mount.Target + "/", StringComparison.Ordinal)).OrderByDescending(mount => mount.Target.Length).FirstOrDefault();
        return best.Target is null ? path : best.Source + path[best.Target.Length..];
    }

    private static string Part(string[] parts, string name) => parts.Single(part => part.StartsWith(name, StringComparison.Ordinal))[name.Length..];

    private IEnumerable<string> Values(string option) => Options.Where(word => word.StartsWith(option, StringComparison.Ordinal)).Select(word => word[option.Length..]);
}
