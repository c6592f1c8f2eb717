using System.Text;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics;

/// <summary>Finds metrics in the lines that a program prints.</summary>
internal sealed class MetricLines(IReadOnlyList<MetricSpec> specs, PointQueue points, TimeProvider clock, Action<string> note)
{
    /// <summary>Made ready with the first line, so that no program waits for it.</summary>
    private readonly Lazy<IReadOnlyList<MetricPattern>> patterns = new(() => Usable(specs, note));

    private readonly bool plain = specs.All(spec => spec.Tag is not null);

    /// <summary>Looks at one line. Called from the threads of stdout and stderr.</summary>
    public void Accept(ReadOnlySpan<byte> line)
    {
        Span<char> buffer = stackalloc char[line.Length];
        ReadOnlySpan<char> text = buffer[..Encoding.UTF8.GetChars(line, buffer)];
        if (plain)
        {
            if (NameIsNumber.TryRead(text, out var name, out var value))
                points.Add(new MetricPoint(name, value, null, clock.GetUtcNow()));
            return;
        }

        foreach (var pattern in patterns.Value)
            pattern.Find(text, clock.GetUtcNow(), points.Add);
    }

    /// <summary>The expressions that can be used; of the others it is told.</summary>
    private static List<MetricPattern> Usable(IReadOnlyList<MetricSpec> specs, Action<string> note)
    {
        var usable = new List<MetricPattern>();
        foreach (var spec in specs.Where(spec => spec.Tag is null))
        {
            if (MetricPattern.TryCreate(spec, out var error) is { } pattern)
                usable.Add(pattern);
            else
                note($"The metric '{spec.Name}' is not read: its pattern '{spec.Pattern}' cannot be used: {error}.");
        }

        return usable;
    }
}
