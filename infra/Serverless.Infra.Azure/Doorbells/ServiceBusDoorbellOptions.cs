namespace Serverless.Infra.Azure.Doorbells;

/// <summary>How rings lie in Service Bus.</summary>
public sealed record ServiceBusDoorbellOptions
{
    /// <summary>The queues that keep the order of a key: those that the infrastructure made with sessions.</summary>
    public IReadOnlyList<string> OrderedQueues { get; init; } = ["job-events"];

    /// <summary>
    /// How long a look for the next session may take, 0.2 to 60 seconds: the service is asked for that long each time, so it is also how late a waiting taker of an ordered queue notices that
    /// its wait is over.
    /// </summary>
    public TimeSpan SessionLook { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a look at a queue without sessions may take when the taker does not want to wait, 0.05 to 10 seconds: the way there and back must fit.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most messages that are read of what was put aside: the newest may be at the end. Ten times what is shown.</summary>
    public int MaxDeadRead { get; init; } = 10_000;
}
