using System.Text.Json.Serialization;

namespace Serverless.Core.Workflows.Hosted;

// A member that a text lacks is set to null by the generated reader, whatever it begins with: hence each takes null for its default.

/// <summary>The input of a run. Members are added, as optional ones; histories hold it.</summary>
internal sealed record HostedStart
{
    /// <summary>What the workflow is given.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public required string Input { get; init; }

    /// <summary>When the instance was first started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Events that came before, in order.</summary>
    public IReadOnlyList<HostedMessage> Events { get; init => field = value ?? []; } = [];

    /// <summary>Calls that earlier runs made: numbers are never used twice.</summary>
    public long Calls { get; init; }

    /// <summary>Who waits for its end.</summary>
    public string? Caller { get; init; }

    /// <summary>The changes of code that were known when the run began.</summary>
    public IReadOnlyDictionary<string, int> Changes { get; init => field = value ?? new Dictionary<string, int>(); } = new Dictionary<string, int>();
}

/// <summary>What stands in an inbox.</summary>
internal sealed record HostedMessage(string Name)
{
    /// <summary>The event's payload.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string Payload { get; init => field = value ?? "null"; } = "null";

    /// <summary>When it was sent, of one that waits for its instance.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether it tells the end of the called workflow that <see cref="Name"/> is the id of; such a message is no event.</summary>
    public bool IsEnd { get; init; }
}

/// <summary>The input of an activity function.</summary>
internal sealed record HostedCall(string InstanceId, long Sequence, int Attempt)
{
    /// <summary>What the activity is given.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string Input { get; init => field = value ?? "null"; } = "null";
}

/// <summary>The input of the built-in activity.</summary>
internal sealed record HostedLook(string Caller, string Workflow, string InstanceId)
{
    /// <summary>What the workflow is given.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string Input { get; init => field = value ?? "null"; } = "null";
}

/// <summary>What an activity function answers: an output, or a failure, or (of a called workflow) neither yet.</summary>
internal sealed record HostedAnswer
{
    /// <summary>Its result; null: none.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string Output { get; init => field = value ?? "null"; } = "null";

    /// <summary>Why it failed.</summary>
    public WorkflowFailure? Failure { get; init; }

    /// <summary>Whether a called workflow still runs.</summary>
    public bool Runs { get; init; }
}

/// <summary>What a run shows.</summary>
internal sealed record HostedStatus
{
    /// <summary>What the workflow set.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string Status { get; init => field = value ?? "null"; } = "null";

    /// <summary>The called workflows that it waits for.</summary>
    public IReadOnlyList<string> Called { get; init => field = value ?? []; } = [];
}

/// <summary>An instance that is being started, or that events wait for.</summary>
internal sealed record HostedPending(string InstanceId)
{
    /// <summary>Until when somebody is starting it; null: nobody is.</summary>
    public DateTimeOffset? StartsUntil { get; init; }

    /// <summary>Events that came before.</summary>
    public IReadOnlyList<HostedMessage> Events { get; init => field = value ?? []; } = [];
}
