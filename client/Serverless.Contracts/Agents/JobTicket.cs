using Serverless.Contracts.Jobs;

namespace Serverless.Contracts.Agents;

/// <summary>A claimed job: all that an agent needs to run it.</summary>
public sealed record JobTicket
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The fencing token: every message about this attempt carries it; one that is not the newest changes nothing.</summary>
    public required int Epoch { get; init; }

    /// <summary>How long the claim holds unless it is renewed.</summary>
    public required double LeaseSeconds { get; init; }

    /// <summary>The executable and the arguments before the job's own; null for a built-in algorithm, and for an image whose own entry point runs.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The built-in algorithm; null for an own program.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The container image that the program runs in; null: a process on the node.</summary>
    public string? Image { get; init; }

    /// <summary>Whether the program may write to the image's file system.</summary>
    public bool WritableRoot { get; init; }

    /// <summary>What the program may use of the machine.</summary>
    public ResourceSpec Resources { get; set; } = new();

    /// <summary>The job's arguments, exactly.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The user's variables, without those that stand for secrets.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The variables that stand for secrets, with the secrets' values. They go to the program's environment and nowhere else; where the program prints one, the agent blots it out.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; set; } = new Dictionary<string, string>();

    /// <summary>What the program may reach over the network.</summary>
    public JobNetwork Network { get; set; } = JobNetwork.Internet;

    /// <summary>The W3C trace context (<c>traceparent</c>) that the attempt belongs to; null when nobody traces. It is for the agent; the program is not told.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The inputs.</summary>
    public required IReadOnlyList<TicketInput> Inputs { get; init; }

    /// <summary>The files of the working folder.</summary>
    public required IReadOnlyList<TicketFile> Code { get; init; }

    /// <summary>The last committed checkpoint; empty when there is none.</summary>
    public required IReadOnlyList<TicketFile> Checkpoint { get; init; }

    /// <summary>What the log shall say of the checkpoint that the program begins with; null: nothing.</summary>
    public string? StartNote { get; init; }

    /// <summary>How metrics are read.</summary>
    public required IReadOnlyList<MetricSpec> Metrics { get; init; }

    /// <summary>When it is stopped.</summary>
    public required LimitSpec Limits { get; init; }
}
