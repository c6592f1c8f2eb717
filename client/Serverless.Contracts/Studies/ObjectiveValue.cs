using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies;

/// <summary>Which of a trial's reported values counts.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ObjectiveValue>))]
public enum ObjectiveValue
{
    /// <summary>The last.</summary>
    Last,

    /// <summary>The best.</summary>
    Best,

    /// <summary>The mean of the last few.</summary>
    MeanOfLast,
}
