using System.Globalization;
using Serverless.Jobs.Arguments;
using Serverless.Training.Loops;
using Serverless.Training.Rows;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>The arguments of <c>tabular-network</c>. See <c>docs/algorithms/networks.md</c>.</summary>
internal sealed record RowNetworkOptions
{
    public required RowsOptions Rows { get; init; }

    public required LoopOptions Loop { get; init; }

    /// <summary>The widths of the hidden layers.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    public required double Dropout { get; init; }

    /// <summary>Reads the arguments; errors are thrown together.</summary>
    public static RowNetworkOptions Parse(JobArguments given)
    {
        var loop = LoopOptions.Parse(given, new(Epochs: 60, BatchSize: 128, LearningRate: 3e-3, Patience: 15));
        var hidden = Widths(given);
        var dropout = given.Number("dropout", 0.2, 0, 0.95);
        var isNumber = given.Choice("task", "classification", "classification", "regression") == "regression";
        var options = new RowNetworkOptions
        {
            Rows = RowsOptions.Parse(given) with { NumberTarget = isNumber, Salt = FormattableString.Invariant($"{(isNumber ? "regression " : "")}{loop.Fingerprint} {string.Join(',', hidden)} {dropout:R}") },
            Loop = loop,
            Hidden = hidden,
            Dropout = dropout,
        };
        given.ThrowIfWrong();
        return options;
    }

    private static IReadOnlyList<int> Widths(JobArguments given)
    {
        const int Widest = 16_384;
        var text = given.Text("hidden", "200,100");
        List<int> widths = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is > 0 and <= Widest)
                widths.Add(width);
            else
                given.Refuse($"--hidden '{text}' is not a list of widths from 1 to {Widest}, such as 200,100.");
        return widths;
    }
}
