using System.Globalization;

namespace Serverless.Jobs.Arguments;

/// <summary>
/// Reads the arguments of a job program: <c>--name value</c>, <c>--name=value</c>, and <c>--name</c> alone as a flag. The last value of a name that is given
/// several times counts; <see cref="All"/> has every one. Errors are collected, so that a person sees them all at once: call <see cref="ThrowIfWrong"/> after the last read.
/// </summary>
public sealed class JobArguments
{
    private readonly List<(string Name, string? Value)> given = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> errors = [];

    private JobArguments()
    {
    }

    /// <summary>The arguments that belong to no name, in order.</summary>
    public IReadOnlyList<string> Positional { get; private set; } = [];

    /// <summary>Splits the arguments.</summary>
    public static JobArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new JobArguments();
        var positional = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Length < 3 || !argument.StartsWith("--", StringComparison.Ordinal))
                positional.Add(argument);
            else if (argument.IndexOf('=', StringComparison.Ordinal) is > 2 and var at)
                parsed.given.Add((argument[2..at], argument[(at + 1)..]));
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                parsed.given.Add((argument[2..], arguments[++i]));
            else
                parsed.given.Add((argument[2..], null));
        }

        parsed.Positional = positional;
        return parsed;
    }

    /// <summary>Every value of a name, in order.</summary>
    public IReadOnlyList<string> All(string name)
    {
        known.Add(name);
        return [.. given.Where(pair => pair.Name == name).Select(pair => pair.Value ?? "")];
    }

    /// <summary>A text.</summary>
    public string Text(string name, string fallback) => All(name) is [.., var last] ? last : fallback;

    /// <summary>A text that must be given.</summary>
    public string RequiredText(string name)
    {
        if (All(name) is [.., var last] && last.Length > 0)
            return last;
        errors.Add($"--{name} is missing. Give --{name} VALUE.");
        return "";
    }

    /// <summary>A number in a range.</summary>
    public double Number(string name, double fallback, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        if (All(name) is not [.., var last])
            return fallback;
        if (double.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
            return value;
        errors.Add(string.Create(CultureInfo.InvariantCulture, $"--{name} '{last}' is not a number from {low} to {high}."));
        return fallback;
    }

    /// <summary>A whole number in a range.</summary>
    public long Integer(string name, long fallback, long low = long.MinValue, long high = long.MaxValue)
    {
        if (All(name) is not [.., var last])
            return fallback;
        if (long.TryParse(last, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
            return value;
        errors.Add(string.Create(CultureInfo.InvariantCulture, $"--{name} '{last}' is not a whole number from {low} to {high}."));
        return fallback;
    }

    /// <summary>One of a few words, compared without regard to case.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="fallback">What counts when it is not given.</param>
    /// <param name="choices">The words.</param>
    public string Choice(string name, string fallback, params ReadOnlySpan<string> choices)
    {
        if (All(name) is not [.., var last])
            return fallback;
        foreach (var choice in choices)
            if (choice.Equals(last, StringComparison.OrdinalIgnoreCase))
                return choice;
        errors.Add($"--{name} '{last}' is not one of: {string.Join(", ", choices)}.");
        return fallback;
    }

    /// <summary>Adds an error of the program's own to those that <see cref="ThrowIfWrong"/> throws, such as that two arguments do not go together.</summary>
    public void Refuse(string error) => errors.Add(error);

    /// <summary>Whether a flag is given (alone, or as <c>true</c>).</summary>
    public bool Flag(string name) => All(name) is [.., var last] && (last.Length == 0 || last.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Throws when something was wrong, or a name was given that nothing read.</summary>
    /// <exception cref="JobArgumentException">All errors, one a line.</exception>
    public void ThrowIfWrong()
    {
        var unknown = given.Select(pair => pair.Name).Distinct().Where(name => !known.Contains(name))
            .Select(name => $"--{name} is not an argument of this program. It takes: {string.Join(", ", known.Order(StringComparer.Ordinal).Select(each => "--" + each))}.");
        string[] all = [.. errors, .. unknown];
        if (all.Length > 0)
            throw new JobArgumentException(string.Join('\n', all));
    }
}
