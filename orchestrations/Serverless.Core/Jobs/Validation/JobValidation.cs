using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Whether a job can be asked for at all. Pure: whether its data exist is found out when it is admitted.</summary>
public static class JobValidation
{
    /// <summary>Everything that is wrong with a job, at once.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="path">The job's place in the input, such as <c>job</c>; empty when it is the whole input.</param>
    /// <param name="inTrigger">Whether it stands in a trigger: only there an input may leave its data set open.</param>
    /// <returns>All errors; empty when it is good.</returns>
    public static IReadOnlyList<FieldError> Check(JobSpec spec, string path, bool inTrigger = false)
    {
        var errors = new FieldErrors(path);
        if (spec.Name is { } name)
            errors.AddRange(NameRules.CheckDisplay(name, errors.At("name")));
        if (spec.Experiment is { } experiment)
            errors.AddRange(NameRules.Check(experiment, errors.At("experiment"), "experiment"));
        ProgramRules.Check(spec.Program, spec.Arguments, spec.Environment, errors);
        InputRules.Check(spec.Inputs, spec.Program.Image is not null, inTrigger, errors);
        MetricRules.Check(spec.Metrics, errors);
        if (spec.CheckpointFrom is { } from)
            errors.AddRange(NameRules.Check(from, errors.At("checkpointFrom"), "job"));
        ResourceRules.Check(spec.Resources, errors);
        Limits(spec.Limits, errors);
        if (spec.Model is { } model)
            ModelRules.Check(model, errors);
        return errors.All;
    }

    private static void Limits(LimitSpec limits, FieldErrors errors)
    {
        errors.Range("limits.maxRunSeconds", limits.MaxRunSeconds, 1, 2_592_000, "seconds");
        errors.Range("limits.graceSeconds", limits.GraceSeconds, 0, 3_600, "seconds");
        errors.Range("limits.maxAttempts", limits.MaxAttempts, 1, 20, "attempts");
        if (limits.MaxCost is <= 0 or > JobLimits.MaxCost)
            errors.Add("limits.maxCost", FormattableString.Invariant($"The cost {limits.MaxCost} is outside 0 to {JobLimits.MaxCost}."), "Give an amount above 0, in the currency of the machine's price.");
    }
}
