using System.Text.Json.Serialization;
using Serverless.Core.Workflows;

namespace Serverless.Durable.Histories;

/// <summary>
/// One line of a history. Its JSON is a stored format: members are added as optional ones, kinds are added, nothing is renamed or given another meaning.
/// What arrived (<see cref="ArrivedEvent"/>) is followed by what the code did because of it (<see cref="CommandEvent"/>), in order.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(ActivityCompleted), "activity-completed")]
[JsonDerivedType(typeof(ActivityFailed), "activity-failed")]
[JsonDerivedType(typeof(TimerFired), "timer-fired")]
[JsonDerivedType(typeof(EventCame), "event-came")]
[JsonDerivedType(typeof(WorkflowCompleted), "workflow-completed")]
[JsonDerivedType(typeof(WorkflowFailed), "workflow-failed")]
[JsonDerivedType(typeof(ActivityCalled), "activity-called")]
[JsonDerivedType(typeof(WorkflowCalled), "workflow-called")]
[JsonDerivedType(typeof(TimerSet), "timer-set")]
[JsonDerivedType(typeof(EventAwaited), "event-awaited")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(VersionTaken), "version-taken")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Failed), "failed")]
internal abstract record HistoryEvent;

/// <summary>Something from outside. <see cref="At"/> is the time of the turn that took it: the workflow's clock until the next one.</summary>
internal abstract record ArrivedEvent : HistoryEvent
{
    public required DateTimeOffset At { get; init; }
}

/// <summary>The first of every history.</summary>
internal sealed record Started : ArrivedEvent
{
    /// <summary>The newest format that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string Workflow { get; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public required string Input { get; init; }

    /// <summary>How many calls the runs before this one made (continue-as-new): call numbers are never used twice by an instance.</summary>
    public long Calls { get; init; }
}

internal sealed record ActivityCompleted : ArrivedEvent
{
    public required long Call { get; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public required string Output { get; init; }
}

internal sealed record ActivityFailed : ArrivedEvent
{
    public required long Call { get; init; }

    public required int Attempt { get; init; }

    public required WorkflowFailure Failure { get; init; }
}

internal sealed record TimerFired : ArrivedEvent
{
    public required long Call { get; init; }
}

internal sealed record EventCame : ArrivedEvent
{
    public required string Name { get; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public required string Payload { get; init; }
}

internal sealed record WorkflowCompleted : ArrivedEvent
{
    public required long Call { get; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public required string Output { get; init; }
}

internal sealed record WorkflowFailed : ArrivedEvent
{
    public required long Call { get; init; }

    public required WorkflowFailure Failure { get; init; }
}
