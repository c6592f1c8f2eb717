namespace Serverless.Contracts.Jobs;

/// <summary>What becomes of the model that a job writes to <c>SERVERLESS_MODEL_DIR</c>.</summary>
public sealed record ModelSpec
{
    /// <summary>The model's name in the registry; the new version is the next number.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX file in the model folder. Default: <c>model.onnx</c>.</summary>
    public string File { get; set; } = "model.onnx";

    /// <summary>The conditions that all must hold before the model is deployed.</summary>
    public IReadOnlyList<GateSpec> Gate { get; set; } = [];

    /// <summary>The endpoint that gets the model once it passed the gate; null: none.</summary>
    public string? Endpoint { get; init; }
}
