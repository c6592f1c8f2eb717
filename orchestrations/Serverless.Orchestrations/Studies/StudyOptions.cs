namespace Serverless.Orchestrations.Studies;

/// <summary>How closely studies are looked at.</summary>
public sealed record StudyOptions
{
    /// <summary>How often the metrics of running trials are read for the pruner. Default: a second, which is soon for a program that reports each epoch and costs one look a second.</summary>
    public TimeSpan Glance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a study is looked at when nothing is heard of it and no pruner waits for metrics: for news that was lost. Default: 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
