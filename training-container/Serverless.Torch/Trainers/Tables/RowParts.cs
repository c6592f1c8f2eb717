using Serverless.Training.Loops;
using Serverless.Training.Splits;

namespace Serverless.Torch.Trainers.Tables;

/// <summary>The rows that are learnt from, divided into those that move the weights and those that choose the best epoch.</summary>
/// <param name="Learn">Rows, in ascending order.</param>
/// <param name="Validate">Rows; none when the run validates on none.</param>
internal sealed record RowParts(IReadOnlyList<int> Learn, IReadOnlyList<int> Validate)
{
    public static RowParts Of(IReadOnlyList<int> labels, int classes, LoopOptions options)
    {
        var (learn, held) = StratifiedSplit.Split(labels, classes, options.Validation, new Random(options.Seed + 1));
        return new(learn, held);
    }
}
