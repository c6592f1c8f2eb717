using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Experiments;

/// <summary>What a column of a comparison speaks of.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ColumnGroup>))]
public enum ColumnGroup
{
    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A metric; its cells are numbers.</summary>
    Metric,

    /// <summary>The data of a channel, as <c>name@version</c>.</summary>
    Input,

    /// <summary>What came out: <c>model</c>, <c>endpoint</c>, <c>checkpoint</c>, <c>files</c>, <c>bytes</c>.</summary>
    Output,

    /// <summary>The run itself: <c>status</c>, <c>started</c>, <c>seconds</c>, <c>cost</c>, <c>trials</c>, <c>name</c>, <c>program</c>, <c>from</c>, <c>image</c>, <c>machine</c>, <c>commit</c>.</summary>
    Fact,
}
