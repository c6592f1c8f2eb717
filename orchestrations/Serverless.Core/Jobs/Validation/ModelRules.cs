using Serverless.Contracts.Jobs;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Rules for what is to become of the model.</summary>
internal static class ModelRules
{
    public static void Check(ModelSpec model, FieldErrors errors)
    {
        errors.AddRange(NameRules.Check(model.Name, errors.At("model.name"), "model"));
        errors.AddRange(PathRules.Check(model.File, errors.At("model.file")));
        if (model.Endpoint is { } endpoint)
            errors.AddRange(NameRules.Check(endpoint, errors.At("model.endpoint"), "endpoint"));
        if (!errors.Count("model.gate", model.Gate.Count, JobLimits.Gates, "conditions"))
            return;
        for (var i = 0; i < model.Gate.Count; i++)
        {
            if (model.Gate[i] is not { } gate)
            {
                errors.Add($"model.gate[{i}]", "The condition is null.", "Give its metric, operator and threshold.");
                continue;
            }

            errors.AddRange(NameRules.CheckDisplay(gate.Metric ?? "", errors.At($"model.gate[{i}].metric")));
            if (!double.IsFinite(gate.Threshold))
                errors.Add($"model.gate[{i}].threshold", $"The threshold {gate.Threshold} is not a finite number.", "Give a number.");
            if (!Enum.IsDefined(gate.Operator))
                errors.Add($"model.gate[{i}].operator", $"{(int)gate.Operator} is not an operator.", "Give atLeast, atMost, above or below.");
        }
    }
}
