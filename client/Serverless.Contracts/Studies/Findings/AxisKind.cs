using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies.Findings;

/// <summary>What an axis of parallel coordinates shows.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AxisKind>))]
public enum AxisKind
{
    /// <summary>A parameter that is a number.</summary>
    Number,

    /// <summary>A parameter that has choices; they stand at equal distances in their order.</summary>
    Choice,

    /// <summary>An objective.</summary>
    Objective,
}
