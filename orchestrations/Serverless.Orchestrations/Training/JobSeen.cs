using System.Text.Json.Serialization;

namespace Serverless.Orchestrations.Training;

/// <summary>How an activity saw the job, and what is next.</summary>
/// <param name="Next">What is next.</param>
/// <param name="Wait">For <see cref="NextStep.Wait"/>: how long, unless something happens before.</param>
/// <param name="Suspect">The claim that was found run out, and may still be renewed.</param>
/// <param name="RungEpoch">The epoch for which the pool was last asked for a node; −1: for none.</param>
public sealed record JobSeen(NextStep Next, TimeSpan Wait, string? Suspect, int RungEpoch);

/// <summary>What is next for a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NextStep>))]
public enum NextStep
{
    /// <summary>Wait, and look again.</summary>
    Wait,

    /// <summary>Take its files as its result.</summary>
    Publish,

    /// <summary>Go on with the model.</summary>
    Continue,

    /// <summary>Nothing: it has ended.</summary>
    Over,
}
