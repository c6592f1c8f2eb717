using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies;

/// <summary>Which values of a metric are good.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ObjectiveDirection>))]
public enum ObjectiveDirection
{
    /// <summary>Small ones.</summary>
    Minimize,

    /// <summary>Large ones.</summary>
    Maximize,
}
