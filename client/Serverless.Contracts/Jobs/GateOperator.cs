using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Jobs;

/// <summary>How a metric is compared with a gate's threshold.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GateOperator>))]
public enum GateOperator
{
    /// <summary>At least (≥).</summary>
    AtLeast,

    /// <summary>At most (≤).</summary>
    AtMost,

    /// <summary>Greater than.</summary>
    Above,

    /// <summary>Less than.</summary>
    Below,
}
