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
}
