using System.Globalization;

namespace Serverless.Core.Experiments.Runs;

/// <summary>One word of a command line.</summary>
internal static class ArgumentWord
{
    /// <summary>An argument's name and the value that stands in it; no name when it is a value itself.</summary>
    public static (string? Name, string? Value) Split(string argument)
    {
        var dashes = argument.StartsWith("--", StringComparison.Ordinal) ? 2 : argument.StartsWith('-') ? 1 : 0;
        if (dashes == 0 || argument.Length == dashes || double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return (null, null);
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals > dashes)
            return (argument[dashes..equals], argument[(equals + 1)..]);
        return equals == dashes ? (null, null) : (argument[dashes..], null);
    }
}
