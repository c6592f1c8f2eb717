using System.Text.Json.Serialization;

namespace Serverless.Tuning.Trials;

/// <summary>Which values of an objective are good.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>Small ones.</summary>
    Minimize,

    /// <summary>Great ones.</summary>
    Maximize,
}
