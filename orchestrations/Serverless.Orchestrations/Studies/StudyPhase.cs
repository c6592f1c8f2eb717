using System.Text.Json.Serialization;

namespace Serverless.Orchestrations.Studies;

/// <summary>What is next for a study.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StudyPhase>))]
public enum StudyPhase
{
    /// <summary>Trials run: wait, and look again.</summary>
    Wait,

    /// <summary>No trial runs any more: its best is taken.</summary>
    Publish,

    /// <summary>Nothing: it has ended.</summary>
    Over,
}
