using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>What is to be done about a job.</summary>
public sealed record JobVerdict
{
    private JobVerdict(JobVerdictKind kind) => Kind = kind;

    /// <summary>What.</summary>
    public JobVerdictKind Kind { get; }

    /// <summary>For <see cref="JobVerdictKind.Wait"/> and <see cref="JobVerdictKind.Stop"/>: how long, unless something happens before.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>For <see cref="JobVerdictKind.Wait"/>: the claim that has run out and may still be renewed.</summary>
    public string? Suspect { get; init; }

    /// <summary>For <see cref="JobVerdictKind.Requeue"/>, <see cref="JobVerdictKind.Stop"/> and <see cref="JobVerdictKind.End"/>: why.</summary>
    public JobReason Reason { get; private init; }

    /// <summary>The reason in words.</summary>
    public string? Message { get; private init; }

    /// <summary>The job has ended.</summary>
    public static JobVerdict Over { get; } = new(JobVerdictKind.Over);

    /// <summary>The program ended well: its files are the result.</summary>
    public static JobVerdict Publish { get; } = new(JobVerdictKind.Publish);

    /// <summary>Nothing yet.</summary>
    public static JobVerdict Wait(TimeSpan delay) => new(JobVerdictKind.Wait) { Delay = delay };

    /// <summary>Another attempt.</summary>
    public static JobVerdict Requeue(JobReason reason, string message) => new(JobVerdictKind.Requeue) { Reason = reason, Message = message };

    /// <summary>A stop for a limit: the agent is asked, and the job looked at again after a while.</summary>
    public static JobVerdict Stop(JobReason reason, string message, TimeSpan delay) => new(JobVerdictKind.Stop) { Reason = reason, Message = message, Delay = delay };

    /// <summary>The end, for good.</summary>
    public static JobVerdict End(JobReason reason, string message) => new(JobVerdictKind.End) { Reason = reason, Message = message };
}
