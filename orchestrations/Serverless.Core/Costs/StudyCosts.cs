using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;

namespace Serverless.Core.Costs;

/// <summary>Whether a study's own limit on cost lets it begin: as a job's does for the job.</summary>
public static class StudyCosts
{
    /// <summary>Why a study must not begin: one trial to its time limit would pass what the whole study may cost, so that one that hangs could spend all of it. Null when it may.</summary>
    /// <param name="spec">The study, as validated.</param>
    /// <param name="placement">The machine of its trials.</param>
    public static FieldError? Refusal(StudySpec spec, JobPlacement placement)
    {
        var limits = spec.Job.Limits;
        var one = Math.Min(placement.Estimate.OneAttempt, limits.MaxCost ?? decimal.MaxValue);
        if (spec.Limits.MaxCost is not { } most || one <= most)
            return null;
        var seconds = Math.Floor(most * 3600m / placement.PricePerHour) - limits.GraceSeconds;
        return new FieldError("limits.maxCost",
            FormattableString.Invariant($"One trial to its time limit of {limits.MaxRunSeconds} s on {placement.Size} at {placement.PricePerHour} {placement.Currency} per hour can cost {Math.Round(one, 4)} {placement.Currency}; the study's limit is {most}."),
            seconds >= 1
                ? FormattableString.Invariant($"Give job.limits.maxRunSeconds of at most {seconds}, a job.limits.maxCost of at most {most}, a cheaper machine, or a higher limit.")
                : "Give a cheaper machine or a higher limit: this one does not pay for a second.");
    }
}
