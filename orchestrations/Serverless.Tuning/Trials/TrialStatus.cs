using System.Text.Json.Serialization;

namespace Serverless.Tuning.Trials;

/// <summary>Where a trial is in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrialStatus>))]
public enum TrialStatus
{
    /// <summary>Handed out and not yet at its end.</summary>
    Running,

    /// <summary>At its end, with a value for each objective.</summary>
    Complete,

    /// <summary>Stopped early because it did not promise enough.</summary>
    Pruned,

    /// <summary>Ended without values, or with one that is not a number.</summary>
    Failed,
}
