using System.Text.Json.Nodes;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Names;
using Serverless.Core.Studies.Validation;

namespace Serverless.Orchestrations.Tests.Studies.Schemas;

/// <summary>What the validation bounds beyond a member's type, as the schema says it. The table of wrong studies holds each against the validation.</summary>
internal static class SchemaBounds
{
    private const string NamePattern = "^[a-z0-9](?:\\.?[a-z0-9_-])*$";
    private const string DatasetPattern = "^[a-z0-9](?:\\.?[a-z0-9_-])*(?:@(?:latest|[0-9a-f]{8,64}))?$";

    private static readonly Dictionary<(Type, string), JsonObject> Members = new()
    {
        [(typeof(StudySpec), "name")] = Display(),
        [(typeof(StudySpec), "experiment")] = Named(),
        [(typeof(StudySpec), "lastStep")] = Range(1, StudyBounds.LastStep),
        [(typeof(StudySpec), "objectives")] = Items(1, StudyBounds.Objectives),
        [(typeof(StudySpec), "try")] = Items(0, StudyBounds.Tries),
        [(typeof(StudySpec), "warmStart")] = Items(0, StudyBounds.WarmStarts),
        [(typeof(SpaceSpec), "parameters")] = Items(1, StudyBounds.Parameters),
        [(typeof(SpaceSpec), "forbidden")] = Items(0, StudyBounds.Conditions),
        [(typeof(ParameterSpec), "name")] = new() { ["pattern"] = "\\S" },
        [(typeof(ParameterSpec), "step")] = new() { ["exclusiveMinimum"] = 0 },
        [(typeof(ParameterSpec), "choices")] = new() { ["minItems"] = 1, ["maxItems"] = StudyBounds.Choices, ["uniqueItems"] = true },
        [(typeof(ConditionSpec), "all")] = Items(1, StudyBounds.Conditions),
        [(typeof(ConditionSpec), "any")] = Items(1, StudyBounds.Conditions),
        [(typeof(ConditionSpec), "in")] = Items(1, StudyBounds.Choices),
        [(typeof(ObjectiveSpec), "metric")] = new() { ["minLength"] = 1, ["maxLength"] = 128 },
        [(typeof(ObjectiveSpec), "meanOf")] = Range(1, StudyBounds.MeanOf),
        [(typeof(StudyLimitSpec), "trials")] = Range(1, StudyBounds.Trials),
        [(typeof(StudyLimitSpec), "parallelism")] = Range(1, StudyBounds.Parallelism),
        [(typeof(StudyLimitSpec), "failures")] = Range(1, StudyBounds.Trials),
        [(typeof(StudyLimitSpec), "seconds")] = Range(1, 31_536_000),
        [(typeof(StudyLimitSpec), "maxCost")] = Amount(),
        [(typeof(JobSpec), "name")] = Display(),
        [(typeof(JobSpec), "arguments")] = Items(0, JobLimits.Arguments),
        [(typeof(JobSpec), "environment")] = new()
        {
            ["maxProperties"] = JobLimits.Variables,
            ["propertyNames"] = new JsonObject { ["pattern"] = "^(?![Ss][Ee][Rr][Vv][Ee][Rr][Ll][Ee][Ss][Ss]_)[A-Za-z_][A-Za-z0-9_]{0,127}$" },
        },
        [(typeof(JobSpec), "inputs")] = Items(0, JobLimits.Inputs),
        [(typeof(JobSpec), "metrics")] = Items(0, JobLimits.Metrics),
        [(typeof(ProgramSpec), "command")] = Items(1, JobLimits.CommandParts),
        [(typeof(ProgramSpec), "algorithm")] = Named(),
        [(typeof(ProgramSpec), "gitCommit")] = new() { ["pattern"] = "^[0-9a-fA-F]{7,64}$" },
        [(typeof(ContentFile), "sha256")] = new() { ["pattern"] = "^[0-9a-f]{64}$" },
        [(typeof(ContentFile), "sizeBytes")] = new() { ["minimum"] = 0 },
        [(typeof(InputSpec), "channel")] = new() { ["pattern"] = "^[A-Za-z0-9_]{1,64}$" },
        [(typeof(InputSpec), "dataset")] = new() { ["pattern"] = DatasetPattern, ["maxLength"] = NameRules.MaxLength + 65 },
        [(typeof(MetricSpec), "name")] = Display(),
        [(typeof(MetricSpec), "pattern")] = new() { ["minLength"] = 1, ["maxLength"] = JobLimits.PatternLength },
        [(typeof(ResourceSpec), "pool")] = Named(),
        [(typeof(ResourceSpec), "size")] = new() { ["pattern"] = "^[A-Za-z0-9_.-]{1,64}$" },
        [(typeof(ResourceSpec), "vCpus")] = Range(0, JobLimits.VCpus),
        [(typeof(ResourceSpec), "memoryBytes")] = Range(0, JobLimits.MemoryBytes),
        [(typeof(GpuSpec), "type")] = new() { ["pattern"] = "^[a-z0-9-]{1,64}$" },
        [(typeof(GpuSpec), "count")] = Range(1, JobLimits.Gpus),
        [(typeof(LimitSpec), "maxRunSeconds")] = Range(1, 2_592_000),
        [(typeof(LimitSpec), "graceSeconds")] = Range(0, 3_600),
        [(typeof(LimitSpec), "maxAttempts")] = Range(1, 20),
        [(typeof(LimitSpec), "maxCost")] = Amount(),
        [(typeof(ModelSpec), "name")] = Named(),
        [(typeof(ModelSpec), "endpoint")] = Named(),
        [(typeof(ModelSpec), "gate")] = Items(0, JobLimits.Gates),
        [(typeof(GateSpec), "metric")] = Display(),
    };

    /// <summary>The bounds of a member; null: its type says it all.</summary>
    public static JsonObject? Of(Type type, string member) => Members.TryGetValue((type, member), out var bounds) ? bounds.DeepClone().AsObject() : null;

    /// <summary>Every member that is bounded, so that a test sees that each is there.</summary>
    public static IEnumerable<(Type Type, string Member)> All => Members.Keys;

    private static JsonObject Items(int least, int most) => least == 0 ? new() { ["maxItems"] = most } : new() { ["minItems"] = least, ["maxItems"] = most };

    private static JsonObject Range(double least, double most) => new() { ["minimum"] = least, ["maximum"] = most };

    private static JsonObject Amount() => new() { ["exclusiveMinimum"] = 0, ["maximum"] = (double)JobLimits.MaxCost };

    private static JsonObject Display() => new() { ["pattern"] = "\\S", ["maxLength"] = NameRules.MaxLength };

    private static JsonObject Named() => new() { ["pattern"] = NamePattern, ["maxLength"] = NameRules.MaxLength };
}
