using Serverless.Cli.Terminal;

namespace Serverless.Cli.Shell;

/// <summary>Names and values, one a line, names in one column.</summary>
internal sealed class Facts
{
    private readonly List<(string Name, string Value)> facts = [];

    /// <summary>A fact; one without a value is left out.</summary>
    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            facts.Add((name, value));
    }

    /// <summary>Writes them as data.</summary>
    public void Write(Output output)
    {
        var width = facts.Count == 0 ? 0 : facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts)
            output.Line($"{name.PadRight(width)}  {SafeText.Line(value)}");
    }
}
