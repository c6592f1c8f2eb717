using System.Text.Json.Serialization;

namespace Serverless.Orchestrations.Training;

/// <summary>What is next for a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NextStep>))]
public enum NextStep
{
    /// <summary>Wait, and look again.</summary>
    Wait,

    /// <summary>Take its files as its result.</summary>
    Publish,

    /// <summary>Nothing: it has ended.</summary>
    Over,
}
