using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies;

/// <summary>Why a study starts no further trials.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StudyStopReason>))]
public enum StudyStopReason
{
    /// <summary>It does.</summary>
    None,

    /// <summary>Somebody asked for it.</summary>
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

    /// <summary>All that there is was tried.</summary>
    Exhausted,

    /// <summary>Our fault; the message has it.</summary>
    Internal,
}
