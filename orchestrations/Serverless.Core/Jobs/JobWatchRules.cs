namespace Serverless.Core.Jobs;

/// <summary>How long things in a job's life may take.</summary>
public sealed record JobWatchRules
{
    /// <summary>How long a job waits for a node while its pool runs nothing. Default: 10 min; a virtual machine comes in less.</summary>
    public TimeSpan NodeWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a job waits in all while others of its pool run. Default: 7 days.</summary>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often, at the least, a waiting job's pool is looked at. Default: 30 s.</summary>
    public TimeSpan QueueGlance { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When a waiting job's pool is first looked at again, and how often a job that is not admitted yet is. Default: 1 s.</summary>
    public TimeSpan Glance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an agent whose claim has run out may still renew it. Default: 2 s, two renewals.</summary>
    public TimeSpan Doubt { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after the grace period a stopped program's agent may take to say so; then it is cut off. Default: 2 min, for the last files.</summary>
    public TimeSpan StopSlack { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long after its limit a run's agent may take to say so (staging and last files included). Default: 1 h.</summary>
    public TimeSpan RunSlack { get; init; } = TimeSpan.FromHours(1);
}
