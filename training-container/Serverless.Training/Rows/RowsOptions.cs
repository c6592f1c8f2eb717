using Serverless.Jobs.Arguments;
using Serverless.Training.Tables;

namespace Serverless.Training.Rows;

/// <summary>What is read of a table, and what is put aside.</summary>
internal sealed record RowsOptions
{
    /// <summary>The column of classes.</summary>
    public required string Target { get; init; }

    /// <summary>The share of the rows to put aside for the measurement.</summary>
    public required double Holdout { get; init; }

    /// <summary>The seed of what is drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>A table of the input that is measured on and not learnt from; null: <see cref="Holdout"/> counts.</summary>
    public required string? TestFile { get; init; }

    /// <summary>Columns that are left out.</summary>
    public required IReadOnlyList<string> Ignore { get; init; }

    /// <summary>Columns of numbers that are categories.</summary>
    public required IReadOnlyList<string> Categorical { get; init; }

    /// <summary>The greatest number of values of a category that are told apart.</summary>
    public required int MaxCategories { get; init; }

    /// <summary>So many rows are drawn; null: all are taken.</summary>
    public required long? Sample { get; init; }

    /// <summary>How the tables are written.</summary>
    public required TableFormat Format { get; init; }

    /// <summary>Whether all numbers have one mean and one spread, as the pixels of an image.</summary>
    public bool UniformNumbers { get; init; }

    /// <summary>Whether the target is a number to be told, and not a class.</summary>
    public bool NumberTarget { get; init; }

    /// <summary>What else tells one run's checkpoints from another's.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Reads the arguments; errors are collected in <paramref name="given"/>.</summary>
    public static RowsOptions Parse(JobArguments given)
    {
        return new()
        {
            Target = given.RequiredText("target").Trim(),
            Holdout = given.Number("holdout", 0.2, 0, 0.9),
            Seed = (int)given.Integer("seed", 0, 0, int.MaxValue),
            TestFile = given.Text("test-file", "") is { Length: > 0 } file ? file : null,
            Ignore = Names(given, "ignore"),
            Categorical = Names(given, "categorical"),
            MaxCategories = (int)given.Integer("max-categories", 100, 1, 10_000),
            Sample = given.Integer("rows", 0, 2) is > 0 and var rows ? rows : null,
            Format = TableFormat.Parse(given),
        };
    }

    private static IReadOnlyList<string> Names(JobArguments given, string name) => [.. given.All(name).SelectMany(each => each.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
