namespace Serverless.Training.Scores;

/// <summary>How well classes were told.</summary>
/// <param name="Accuracy">The share of rows told right.</param>
/// <param name="LogLoss">The mean of −ln p of the right class, p at least 1e-15.</param>
/// <param name="MacroF1">The mean over the classes of the harmonic mean of precision and recall; a class that is neither there nor told is left out.</param>
internal sealed record ClassificationScores(double Accuracy, double LogLoss, double MacroF1)
{
    /// <summary>Scores probabilities.</summary>
    /// <param name="labels">The right classes.</param>
    /// <param name="probabilities">Row by row, one for each class.</param>
    /// <param name="classes">The number of classes.</param>
    public static ClassificationScores Of(IReadOnlyList<int> labels, ReadOnlySpan<double> probabilities, int classes)
    {
        var right = new int[classes];
        var told = new int[classes];
        var there = new int[classes];
        double loss = 0;
        for (var row = 0; row < labels.Count; row++)
        {
            var each = probabilities.Slice(row * classes, classes);
            var best = 0;
            for (var c = 1; c < classes; c++)
                if (each[c] > each[best])
                    best = c;
            told[best]++;
            there[labels[row]]++;
            right[labels[row]] += best == labels[row] ? 1 : 0;
            loss -= Math.Log(Math.Max(each[labels[row]], 1e-15));
        }

        var f1 = Enumerable.Range(0, classes).Where(c => told[c] + there[c] > 0).Select(c => 2.0 * right[c] / (told[c] + there[c])).DefaultIfEmpty(double.NaN).Average();
        return new((double)right.Sum() / labels.Count, loss / labels.Count, f1);
    }
}
