namespace Serverless.Torch.Exporting;

/// <summary>The numbers that a model computes with.</summary>
public enum ModelPrecision
{
    /// <summary>As the module has them.</summary>
    AsTrained,

    /// <summary>16-bit floating point; inputs and outputs stay as they are.</summary>
    Half,

    /// <summary>8-bit weights, with activations quantized as they come (dynamic quantization).</summary>
    Int8,
}
