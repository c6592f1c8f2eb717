using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies.Plans;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>Whether what is said of trials can be so. Pure.</summary>
internal static class PlanRequestValidation
{
    private const double MostSeconds = 2_592_000;
    private const int MostSteps = 1_000_000;

    /// <summary>Everything that is wrong, but for the study itself.</summary>
    public static IReadOnlyList<FieldError> Check(StudyPlanRequest request)
    {
        var errors = new List<FieldError>();
        Seconds("trialSeconds", request.TrialSeconds);
        Seconds("trialSecondsTo", request.TrialSecondsTo);
        Seconds("stepSeconds", request.StepSeconds);
        if (request.TrialSecondsTo < (request.TrialSeconds ?? double.PositiveInfinity))
            errors.Add(new FieldError("trialSecondsTo", FormattableString.Invariant($"Trials of {request.TrialSeconds?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} to {request.TrialSecondsTo} s are no range."), "Give trialSeconds too, and a trialSecondsTo of at least that."));
        if (request.Steps is < 1 or > MostSteps)
            errors.Add(new FieldError("steps", FormattableString.Invariant($"{request.Steps} steps are outside 1 to {MostSteps}."), FormattableString.Invariant($"Give 1 to {MostSteps}, or leave them out.")));
        if (request is { StepSeconds: not null, Steps: null })
            errors.Add(new FieldError("stepSeconds", "The time of a step says nothing of a trial whose steps are not known.", "Give steps too."));
        if (request is { StepSeconds: not null, TrialSeconds: not null })
            errors.Add(new FieldError("stepSeconds", "The time of a trial is said twice.", "Give trialSeconds or stepSeconds."));
        if (request is { StepSeconds: { } step, Steps: { } steps } && step * steps > MostSeconds)
            errors.Add(new FieldError("stepSeconds", FormattableString.Invariant($"{steps} steps of {step} s are more than {MostSeconds} s."), "Give fewer or shorter steps."));
        if (request.FailureRate is { } rate && !(rate is >= 0 and <= 1))
            errors.Add(new FieldError("failureRate", FormattableString.Invariant($"A failure rate of {rate} is outside 0 to 1."), "Give a part of 1, such as 0.05."));
        return errors;

        void Seconds(string path, double? value)
        {
            if (value is { } seconds && !(seconds is >= 0.001 and <= MostSeconds))
                errors.Add(new FieldError(path, FormattableString.Invariant($"{seconds} seconds are outside 0.001 to {MostSeconds}."), FormattableString.Invariant($"Give 0.001 to {MostSeconds} (30 days), or leave it out.")));
        }
    }
}
