using Serverless.Contracts.Jobs;
using Serverless.Contracts.Values;

namespace Serverless.Contracts.Studies;

/// <summary>What a person asks of a study: a job to run again and again, what to vary, and what is wanted.</summary>
public sealed record StudySpec
{
    /// <summary>A name for people, 1 to 128 characters; need not be unique. Default: the job's.</summary>
    public string? Name { get; init; }

    /// <summary>The experiment that it belongs to, with all its trials; null: none. It stands here, not in the job.</summary>
    public string? Experiment { get; init; }

    /// <summary>
    /// The job that each trial is. A parameter becomes the arguments <c>--name value</c> after the job's own, in the order of the space; where the job's arguments have
    /// <c>{name}</c>, the value stands there instead. What the job says of a model (name, gate, endpoint) is done once, with the best trial's.
    /// </summary>
    public required JobSpec Job { get; init; }

    /// <summary>What is varied.</summary>
    public required SpaceSpec Space { get; init; }

    /// <summary>What is wanted, 1 to 8; each names a metric of the job.</summary>
    public required IReadOnlyList<ObjectiveSpec> Objectives { get; init; }

    /// <summary>Who proposes the trials. Default: <c>auto</c>.</summary>
    public TunerSpec Sampler { get; set; } = new("auto");

    /// <summary>Who gives up trials while they run. Default: <c>none</c>. Only with one objective.</summary>
    public TunerSpec Pruner { get; set; } = new("none");

    /// <summary>
    /// The last step that a whole trial reports, such as its epochs, 1 to 1,000,000: pruners that lay out their rungs by it (<c>auto</c>, <c>successive-halving</c>, <c>hyperband</c>) give trials up from the
    /// first on. Default: what the longest complete trial has; <c>hyperband</c> takes 100.
    /// </summary>
    public int? LastStep { get; init; }

    /// <summary>How much it may do.</summary>
    public StudyLimitSpec Limits { get; set; } = new();

    /// <summary>Where chance begins: the same seed gives the same trials when one runs at a time. Default: from the study's id.</summary>
    public long? Seed { get; init; }

    /// <summary>Points that are tried first, in this order: for each the value of every parameter that is there, by name. At most 1,000.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, ScalarValue>> Try { get; set; } = [];

    /// <summary>Earlier studies (ids) whose trials it learns from, as far as their parameters have the same names and fit. At most 10.</summary>
    public IReadOnlyList<string> WarmStart { get; set; } = [];
}
