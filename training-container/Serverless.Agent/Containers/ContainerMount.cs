namespace Serverless.Agent.Containers;

/// <summary>A folder of the node inside a container.</summary>
/// <param name="Source">Where it is on the node, absolute.</param>
/// <param name="Target">Where the program finds it, absolute.</param>
/// <param name="ReadOnly">Whether the program may only read it.</param>
internal sealed record ContainerMount(string Source, string Target, bool ReadOnly = false)
{
    /// <summary>The value of <c>--mount</c>: comma-separated values with quotes where a path needs them (both runtimes read it as CSV).</summary>
    public override string ToString() => $"type=bind,{Field("source=" + Source)},{Field("target=" + Target)}{(ReadOnly ? ",readonly" : "")}";

    private static string Field(string text) => text.AsSpan().ContainsAny(",\"") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
