using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies;

/// <summary>Where a study stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StudyStatus>))]
public enum StudyStatus
{
    /// <summary>Trials run, or will.</summary>
    Running,

    /// <summary>No trial is started any more; the best model is registered, gated and deployed.</summary>
    Finishing,

    /// <summary>Ended: it has a best trial, and all that was asked for is done.</summary>
    Succeeded,

    /// <summary>Ended: see the message.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Stopped,
}
