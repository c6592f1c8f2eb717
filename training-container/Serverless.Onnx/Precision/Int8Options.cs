namespace Serverless.Onnx.Precision;

/// <summary>How a model's weights are brought to 8 bits.</summary>
public sealed record Int8Options
{
    /// <summary>
    /// Whether weights keep to −64…64. Processors without VNNI add two products of 8 bits in 16, where larger ones are cut off without a word. Default: yes, so that a
    /// model gives the same answers on every machine; turn it off for machines that are known to have VNNI or GPUs.
    /// </summary>
    public bool ReduceRange { get; init; } = true;

    /// <summary>Whether tables that are looked up (embeddings) are brought to 8 bits too, one scale a row. Default: yes.</summary>
    public bool Tables { get; init; } = true;

    /// <summary>Weights with fewer elements stay: the work around them would cost more than they save. Default: 256.</summary>
    public int FewestElements { get; init; } = 256;

    /// <summary>Names of nodes that stay as they are.</summary>
    public IReadOnlySet<string> BlockedNodes { get; init; } = new HashSet<string>();
}
