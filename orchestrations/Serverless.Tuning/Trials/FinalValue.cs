using System.Text.Json.Serialization;

namespace Serverless.Tuning.Trials;

/// <summary>Which of a trial's reported values counts, when its end brings none.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FinalValue>))]
public enum FinalValue
{
    /// <summary>The one of the greatest step.</summary>
    Last,

    /// <summary>The best by the objective's direction.</summary>
    Best,

    /// <summary>The mean of the last <see cref="Objective.MeanOf"/>.</summary>
    MeanOfLast,
}
