using System.Globalization;
using Serverless.Jobs.Arguments;
using Serverless.Training.Rows;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>The arguments of <c>logistic-regression</c>. See <c>docs/algorithms/logistic-regression.md</c>.</summary>
internal sealed record LogisticOptions
{
    public required RowsOptions Rows { get; init; }

    public required double L2 { get; init; }

    public required int MaxIterations { get; init; }

    public required double Tolerance { get; init; }

    public required int? CheckpointEvery { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">Every error, one a line.</exception>
    public static LogisticOptions Parse(IReadOnlyList<string> args)
    {
        var given = JobArguments.Parse(args);
        var iterations = given.Integer("epochs", 200, 1, 100_000);
        var l2 = given.Number("l2", 1, 0, 1e9);
        var options = new LogisticOptions
        {
            Rows = RowsOptions.Parse(given) with { Salt = l2.ToString("R", CultureInfo.InvariantCulture) },
            L2 = l2,
            MaxIterations = (int)given.Integer("max-iterations", iterations, 1, 100_000),
            Tolerance = given.Number("tolerance", 1e-6, 1e-12, 1),
            CheckpointEvery = given.Integer("checkpoint-every", 0, 1) is > 0 and var every ? (int)Math.Min(every, int.MaxValue) : null,
        };
        given.ThrowIfWrong();
        return options;
    }
}
