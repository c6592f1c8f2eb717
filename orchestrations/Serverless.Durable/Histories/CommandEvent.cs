using System.Text.Json.Serialization;
using Serverless.Core.Workflows;

namespace Serverless.Durable.Histories;

/// <summary>Something that the workflow's code did. A replay compares it with what the code does now.</summary>
internal abstract record CommandEvent : HistoryEvent
{
    /// <summary>Whether the code does the same as this. Inputs and due times are not compared: the history's hold, so that an input may get an optional member.</summary>
    public abstract bool IsSame(CommandEvent other);

    /// <summary>How a message names it.</summary>
    public abstract string Describe();
}

internal sealed record ActivityCalled : CommandEvent
{
    public required long Call { get; init; }

    public required string Name { get; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public required string Input { get; init; }

    public RetryPolicy? Retry { get; init; }

    public override bool IsSame(CommandEvent other) => other is ActivityCalled that && that.Name == Name;

    public override string Describe() => $"a call of activity '{Name}'";
}

internal sealed record WorkflowCalled : CommandEvent
{
    public required long Call { get; init; }

    public required string Name { get; init; }

    public required string InstanceId { get; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public required string Input { get; init; }

    public override bool IsSame(CommandEvent other) => other is WorkflowCalled that && that.Name == Name && that.InstanceId == InstanceId;

    public override string Describe() => $"a call of workflow '{Name}' as instance '{InstanceId}'";
}

internal sealed record TimerSet : CommandEvent
{
    public required long Call { get; init; }

    public required DateTimeOffset Due { get; init; }

    public override bool IsSame(CommandEvent other) => other is TimerSet;

    public override string Describe() => $"a timer (due {Due:O})";
}

internal sealed record EventAwaited : CommandEvent
{
    public required long Call { get; init; }

    public required string Name { get; init; }

    public override bool IsSame(CommandEvent other) => other is EventAwaited that && string.Equals(that.Name, Name, StringComparison.OrdinalIgnoreCase);

    public override string Describe() => $"a wait for event '{Name}'";
}

internal sealed record Withdrawn : CommandEvent
{
    public required long Call { get; init; }

    public override bool IsSame(CommandEvent other) => other is Withdrawn that && that.Call == Call;

    public override string Describe() => $"the withdrawal of call {Call}";
}

internal sealed record VersionTaken : CommandEvent
{
    public required string Change { get; init; }

    public required int Version { get; init; }

    public override bool IsSame(CommandEvent other) => other is VersionTaken that && that.Change == Change;

    public override string Describe() => $"the choice of version {Version} of change '{Change}'";
}

/// <summary>The workflow returned.</summary>
internal sealed record Completed : CommandEvent
{
    [JsonConverter(typeof(RawJsonConverter))]
    public required string Output { get; init; }

    public override bool IsSame(CommandEvent other) => other is Completed;

    public override string Describe() => "the workflow's return";
}

/// <summary>The workflow threw, or the engine ended it.</summary>
internal sealed record Failed : CommandEvent
{
    public required WorkflowFailure Failure { get; init; }

    public override bool IsSame(CommandEvent other) => other is Failed;

    public override string Describe() => $"the workflow's failure ({Failure.Code})";
}
