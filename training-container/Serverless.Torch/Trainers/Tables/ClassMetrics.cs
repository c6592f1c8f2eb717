using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Scores;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Tables;

/// <summary>Measures a classifier.</summary>
internal static class ClassMetrics
{
    /// <summary>The metric by which epochs are compared.</summary>
    public const string LogLoss = "log_loss";

    private const int MostRowsOfAPass = 1024;
    private const int NumbersOfAPass = 1 << 23; // 32 MiB of inputs; a network's first layers take some times that

    /// <summary>Scores rows, a part at a time. Gradients are off and the network is in evaluation mode.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="numbers">Numbers of a row that goes into the network.</param>
    /// <param name="logits">The network's scores of rows from one to before another, [rows, classes].</param>
    public static ClassificationScores Score(IReadOnlyList<int> labels, int classes, int numbers, Func<int, int, Tensor> logits)
    {
        var probabilities = new double[labels.Count * classes];
        var step = Math.Clamp(NumbersOfAPass / Math.Max(1, numbers), 1, MostRowsOfAPass);
        for (var first = 0; first < labels.Count; first += step)
        {
            using var scope = NewDisposeScope();
            var last = Math.Min(labels.Count, first + step);
            logits(first, last).to(ScalarType.Float64).softmax(1).cpu().data<double>().CopyTo(probabilities, first * classes);
        }

        return ClassificationScores.Of(labels, probabilities, classes);
    }

    /// <summary>The scores as metrics.</summary>
    public static IReadOnlyList<Metric> Of(ClassificationScores scores) => [new("accuracy", scores.Accuracy), new(LogLoss, scores.LogLoss), new("macro_f1", scores.MacroF1)];
}
