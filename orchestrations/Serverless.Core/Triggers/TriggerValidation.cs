using Serverless.Contracts.Problems;
using Serverless.Contracts.Triggers;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Names;

namespace Serverless.Core.Triggers;

/// <summary>Whether a trigger can be made.</summary>
public static class TriggerValidation
{
    /// <summary>Everything that is wrong with a trigger, at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="spec">What it watches and starts.</param>
    public static IReadOnlyList<FieldError> Check(string? name, TriggerSpec spec)
    {
        var errors = new List<FieldError>(NameRules.Check(name, "name", "trigger"));
        errors.AddRange(CheckPrefix(spec.Prefix));
        errors.AddRange(JobValidation.Check(spec.Job, "job", inTrigger: true));
        if (errors.Count == 0 && spec.Job.Inputs.Count > 0 && spec.Job.Inputs.All(input => input.Dataset is not null))
            errors.Add(new FieldError("job.inputs", "No input takes the data that landed: all name a data set.", "Leave the data set of one input out."));
        return errors;
    }

    private static IEnumerable<FieldError> CheckPrefix(string? prefix)
    {
        if (string.IsNullOrEmpty(prefix))
            return [new FieldError("prefix", "The prefix is empty.", "Give a data set's name and any part of the path below it, such as 'digits/'.")];
        var watched = TriggerPrefix.Parse(prefix);
        var errors = NameRules.Check(watched.Dataset, "prefix", "data set");
        var path = watched.PathStart.TrimEnd('/');
        return path.Length == 0 ? errors : [.. errors, .. PathRules.Check(path, "prefix")];
    }
}
