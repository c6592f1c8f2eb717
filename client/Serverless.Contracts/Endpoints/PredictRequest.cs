using System.Text.Json;

namespace Serverless.Contracts.Endpoints;

/// <summary>Rows to predict, as JSON.</summary>
/// <param name="Rows">Each row is an object: column name to number, text, or null for a missing value.</param>
public sealed record PredictRequest(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows);
