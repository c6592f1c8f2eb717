using Serverless.Training.Tables;
using Serverless.Jobs.Arguments;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>The arguments of <c>logistic-regression</c>. See <c>docs/algorithms/logistic-regression.md</c>.</summary>
internal sealed record LogisticOptions
{
    public required string Target { get; init; }

    public required double L2 { get; init; }

    public required int MaxIterations { get; init; }

    public required double Tolerance { get; init; }

    public required double Holdout { get; init; }

    public required int Seed { get; init; }

    public required string? TestFile { get; init; }

    public required IReadOnlyList<string> Ignore { get; init; }

    public required IReadOnlyList<string> Categorical { get; init; }

    public required int MaxCategories { get; init; }

    public required long? Rows { get; init; }

    public required int? CheckpointEvery { get; init; }

    public required TableFormat Format { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">Every error, one a line.</exception>
    public static LogisticOptions Parse(IReadOnlyList<string> args)
    {
        var given = JobArguments.Parse(args);
        List<string> wrongs = [.. given.Positional.Select(each => $"'{each}' belongs to no argument. Write it as --name value.")];
        var separator = Separator(given.Text("separator", ""), wrongs);
        var columns = Names(given, "columns");
        var iterations = given.Integer("epochs", 200, 1, 100_000);
        var options = new LogisticOptions
        {
            Target = given.RequiredText("target").Trim(),
            L2 = given.Number("l2", 1, 0, 1e9),
            MaxIterations = (int)given.Integer("max-iterations", iterations, 1, 100_000),
            Tolerance = given.Number("tolerance", 1e-6, 1e-12, 1),
            Holdout = given.Number("holdout", 0.2, 0, 0.9),
            Seed = (int)given.Integer("seed", 0, 0, int.MaxValue),
            TestFile = given.Text("test-file", "") is { Length: > 0 } file ? file : null,
            Ignore = Names(given, "ignore"),
            Categorical = Names(given, "categorical"),
            MaxCategories = (int)given.Integer("max-categories", 100, 1, 10_000),
            Rows = given.Integer("rows", 0, 2) is > 0 and var rows ? rows : null,
            CheckpointEvery = given.Integer("checkpoint-every", 0, 1) is > 0 and var every ? (int)Math.Min(every, int.MaxValue) : null,
            Format = new TableFormat { Separator = separator, NoHeader = given.Flag("no-header") || columns.Count > 0, Columns = columns.Count > 0 ? columns : null, Missing = new(given.All("missing")) },
        };
        ThrowIfWrong(given, wrongs);
        return options;
    }

    private static IReadOnlyList<string> Names(JobArguments given, string name) => [.. given.All(name).SelectMany(each => each.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static char? Separator(string text, List<string> wrongs)
    {
        if (text is "tab" or "\\t")
            return '\t';
        if (text.Length > 1 || text is "\"" or "\n" or "\r")
            wrongs.Add($"--separator '{text}' is not one character. Give one such as ';', or tab.");
        return text.Length == 1 ? text[0] : null;
    }

    private static void ThrowIfWrong(JobArguments given, List<string> wrongs)
    {
        try
        {
            given.ThrowIfWrong();
        }
        catch (ArgumentException more)
        {
            wrongs.Add(more.Message);
        }

        if (wrongs.Count > 0)
            throw new ArgumentException(string.Join('\n', wrongs));
    }
}
