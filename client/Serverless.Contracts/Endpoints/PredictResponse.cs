namespace Serverless.Contracts.Endpoints;

/// <summary>Predictions, one a row, in the order of the rows.</summary>
/// <param name="Model">The model version that answered, as <c>name@version</c>.</param>
/// <param name="Predictions">One a row.</param>
public sealed record PredictResponse(string Model, IReadOnlyList<Prediction> Predictions);
