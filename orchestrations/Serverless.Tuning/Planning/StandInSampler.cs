using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Planning;

/// <summary>
/// Stands in for samplers that learn but take their time: a point by chance first, later near the best one by turns. What is planned depends on a sampler only by how many of its trials are worse
/// than earlier ones, which a pruner gives up.
/// </summary>
public sealed class StandInSampler : ISampler
{
    private const int ByChance = 10;
    private const double Width = 0.15;

    private int seen;
    private Trial? best;

    /// <inheritdoc/>
    public string Name => "stand-in";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        for (; seen < history.Ended.Count; seen++)
        {
            var trial = history.Ended[seen];
            if (trial.Status == TrialStatus.Complete && (best is null || history.Loss(trial) < history.Loss(best)))
                best = trial;
        }

        var point = UniformPoints.Draw(history.Space, random);
        if (best is null || history.Trials.Count < ByChance || random.NextUniform() < 0.5)
            return new Proposal(point);
        foreach (var dimension in history.Space.Dimensions)
        {
            var center = best.Point[dimension.Index];
            if (!double.IsNaN(center) && dimension.Kind != Spaces.DimensionKind.Fixed)
                point[dimension.Index] = dimension.FromUnit(dimension.ToUnit(center) + Width * random.NextNormal());
            else if (history.Space.IsActive(dimension, point) && double.IsNaN(point[dimension.Index]))
                point[dimension.Index] = dimension.FromUnit(random.NextUniform());
        }

        return new Proposal(point);
    }
}
