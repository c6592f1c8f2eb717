using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies;

/// <summary>What kind of value a parameter has.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ParameterType>))]
public enum ParameterType
{
    /// <summary>A number.</summary>
    Float,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>One of some choices without an order.</summary>
    Categorical,

    /// <summary>One of some choices that have an order.</summary>
    Ordinal,

    /// <summary>Always the same value.</summary>
    Constant,
}
