using System.Text.Json;

namespace Serverless.Contracts.Endpoints;

/// <summary>The prediction for one row.</summary>
public sealed record Prediction
{
    /// <summary>The predicted label (text or number) of a classifier, or the value of a regression.</summary>
    public JsonElement? Label { get; init; }

    /// <summary>The probability of each class, by the class's name, when the model gives them.</summary>
    public IReadOnlyDictionary<string, double>? Probabilities { get; init; }

    /// <summary>The other outputs of the model by name, for models that are not of the label-and-probabilities form.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Outputs { get; init; }
}
