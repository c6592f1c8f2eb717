namespace Serverless.Orchestrations.Sweeps;

/// <summary>How long is kept what nobody needs for the work to go on.</summary>
public sealed record RetentionOptions
{
    /// <summary>
    /// How long the histories of ended workflows are kept, from their end. Default: 7 days, time to look into what went wrong after a long weekend. The records of jobs and
    /// deployments stay; a busy host without this bound would gain gigabytes of histories a month.
    /// </summary>
    public TimeSpan EndedWorkflows { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Between two sweeps of what providers keep of machines. Default: 2 min: an empty set costs nothing, a failed machine costs that long.</summary>
    public TimeSpan Machines { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two looks. Default: 10 min; a sweep in between finds that it has nothing to do.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(10);
}
