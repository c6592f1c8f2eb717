using Serverless.Jobs.Arguments;

namespace Serverless.Training.Tables;

/// <summary>How tables are written.</summary>
internal sealed record TableFormat
{
    /// <summary>The separator; null: found from the first lines.</summary>
    public char? Separator { get; init; }

    /// <summary>The columns' names when the files have no header; null: the first line has them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether the files have no header.</summary>
    public bool NoHeader { get; init; }

    /// <summary>What means that a value is missing.</summary>
    public MissingMarks Missing { get; init; } = new([]);

    /// <summary>Reads the arguments; what belongs to no argument is an error too. Errors are collected in <paramref name="given"/>.</summary>
    public static TableFormat Parse(JobArguments given)
    {
        foreach (var each in given.Positional)
            given.Refuse($"'{each}' belongs to no argument. Write it as --name value.");
        string[] columns = [.. given.All("columns").SelectMany(each => each.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return new() { Separator = SeparatorOf(given), NoHeader = given.Flag("no-header") || columns.Length > 0, Columns = columns.Length > 0 ? columns : null, Missing = new(given.All("missing")) };
    }

    private static char? SeparatorOf(JobArguments given)
    {
        var text = given.Text("separator", "");
        if (text is "tab" or "\\t")
            return '\t';
        if (text.Length > 1 || text is "\"" or "\n" or "\r")
            given.Refuse($"--separator '{text}' is not one character. Give one such as ';', or tab.");
        return text.Length == 1 ? text[0] : null;
    }
}
