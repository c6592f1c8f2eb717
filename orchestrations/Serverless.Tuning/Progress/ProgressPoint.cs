using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Progress;

/// <summary>How far a study was when a trial had ended.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Best">The best value of each objective up to then; none before the first complete trial.</param>
/// <param name="Improved">Whether no trial before it was at least as good in all objectives.</param>
public sealed record ProgressPoint(Trial Trial, double[] Best, bool Improved)
{
    /// <summary>The volume that the trials up to then dominate; null when it is not calculated.</summary>
    public double? Hypervolume { get; init; }
}
