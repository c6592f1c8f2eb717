namespace Serverless.Contracts.Models;

/// <summary>A version of a model in the registry.</summary>
public sealed record ModelVersion
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>1, 2, 3, …</summary>
    public required int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required ModelStage Stage { get; init; }

    /// <summary>SHA-256 of the ONNX file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the ONNX file in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The metrics of the job that made it.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; set; } = new Dictionary<string, double>();

    /// <summary>What it came from.</summary>
    public required ModelLineage Lineage { get; init; }

    /// <summary>How each condition of the gate came out.</summary>
    public IReadOnlyList<GateResult> Gate { get; set; } = [];

    /// <summary>The inputs of the model.</summary>
    public IReadOnlyList<TensorSignature> Inputs { get; set; } = [];

    /// <summary>The outputs of the model.</summary>
    public IReadOnlyList<TensorSignature> Outputs { get; set; } = [];

    /// <summary>How it compared with what it was exported from; null when its file does not say.</summary>
    public ModelParity? Parity { get; set; }
}
