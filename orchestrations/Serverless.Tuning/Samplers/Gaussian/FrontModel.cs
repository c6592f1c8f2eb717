using System.Globalization;
using Serverless.Tuning.Pareto;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>A model for each of two or three losses, and the front that is known.</summary>
internal sealed class FrontModel
{
    /// <summary>With more losses the boxes are too many; then random weights are followed.</summary>
    private const int MostLosses = 3;

    /// <summary>The most points of a front whose boxes are made; of more, those that together have most volume.</summary>
    private const int MostPoints = 60;

    /// <summary>How far beyond the front's worst losses the volume reaches, in parts of its extent.</summary>
    private const double Beyond = 0.1;

    private readonly IReadOnlyList<Surrogate> surrogates;

    private FrontModel(IReadOnlyList<Surrogate> surrogates, HypervolumeImprovement improvement) => (this.surrogates, Improvement) = (surrogates, improvement);

    /// <summary>What a place is expected to add.</summary>
    public HypervolumeImprovement Improvement { get; }

    /// <summary>Whether losses are so few that a volume is followed.</summary>
    public static bool Suits(TrialHistory history) => history.Objectives.Count is > 1 and <= MostLosses;

    /// <summary>What is known, by the front that each trial belongs to: of many trials those of the first fronts are learnt from.</summary>
    public static Observations Read(TrialHistory history, Encoding encoding)
    {
        Trial[] complete = [.. history.Ended.Where(trial => trial.Status == TrialStatus.Complete)];
        var ranks = Domination.Ranks([.. complete.Select(trial => Losses(history, trial))]);
        var byTrial = complete.Zip(ranks).ToDictionary(pair => pair.First.Number, pair => (double)pair.Second);
        return Observations.Of(history, encoding, trial => byTrial[trial.Number]);
    }

    /// <summary>Fits a model to each loss; running trials are assumed to bring what it expects of them.</summary>
    /// <param name="known">What it learns from; at least one complete trial.</param>
    /// <param name="history">Which losses there are.</param>
    /// <param name="encoding">How places are made.</param>
    /// <param name="memory">The parameters of the last fit, or nothing.</param>
    public static FrontModel Fit(Observations known, TrialHistory history, Encoding encoding, SamplerMemory memory)
    {
        Surrogate[] surrogates = [.. Enumerable.Range(0, history.Objectives.Count).Select(loss =>
            Surrogate.Fit(known.With(trial => history.Loss(trial, loss)), encoding, memory, loss.ToString(CultureInfo.InvariantCulture), warps: false))];
        double[][] points =
        [
            .. Enumerable.Range(0, known.Trials.Count).Where(trial => known.Trials[trial].Status == TrialStatus.Complete)
                .Select(trial => surrogates.Select(surrogate => surrogate.Values[trial]).ToArray()),
            .. known.Running.Select(place => surrogates.Select(surrogate => surrogate.Process.PredictMean(place)).ToArray()),
        ];
        var ranks = Domination.Ranks(points);
        double[][] front = [.. points.Where((_, index) => ranks[index] == 0)];
        var reference = Reference(points, front);
        if (front.Length > MostPoints)
            front = [.. Hypervolume.Choose(front, MostPoints, reference).Select(index => front[index])];
        return new(surrogates, new([.. surrogates.Select(surrogate => surrogate.Process)], new FrontCells(front, reference)));
    }

    /// <summary>Adds to the memory what the next fit begins with.</summary>
    public IEnumerable<KeyValuePair<string, double[]>> Rows() => surrogates.SelectMany(surrogate => surrogate.Rows());

    /// <summary>A little beyond the front's worst losses, so that its ends count too.</summary>
    private static double[] Reference(double[][] points, double[][] front) => [.. Enumerable.Range(0, points[0].Length).Select(loss =>
    {
        var (least, most) = (points.Min(point => point[loss]), points.Max(point => point[loss]));
        return most + Beyond * Math.Max(most - least, Beyond);
    })];

    private static double[] Losses(TrialHistory history, Trial trial) => [.. Enumerable.Range(0, history.Objectives.Count).Select(loss => history.Loss(trial, loss))];
}
