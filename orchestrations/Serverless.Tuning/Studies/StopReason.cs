using System.Text.Json.Serialization;

namespace Serverless.Tuning.Studies;

/// <summary>Why a study starts no further trials.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>It does.</summary>
    None,

    /// <summary>Someone asked for it.</summary>
    Requested,

    /// <summary>As many trials as the limit says were started.</summary>
    Trials,

    /// <summary>As many trials as the limit says failed.</summary>
    Failures,

    /// <summary>The time is up.</summary>
    Time,

    /// <summary>The money is spent.</summary>
    Cost,

    /// <summary>The target was reached.</summary>
    Target,

    /// <summary>The sampler has tried all that there is.</summary>
    Exhausted,
}
