namespace Serverless.Onnx.Precision;

/// <summary>How a model is brought to 16-bit floating point.</summary>
public sealed record HalfOptions
{
    /// <summary>
    /// Operators that keep computing in 32 bits when nothing else is said. The first line sums or raises to powers, where 11 bits of mantissa and a largest value of
    /// 65,504 lose too much; the others take no 16-bit numbers in every operator set from 17 on, or hold graphs of their own.
    /// </summary>
    public static readonly IReadOnlySet<string> UsualBlocked = new HashSet<string>(StringComparer.Ordinal)
    {
        "ReduceSum", "ReduceMean", "ReduceProd", "ReduceSumSquare", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "CumSum", "Exp", "Log", "Pow", "Softplus", "ScatterElements", "ScatterND",
        "Range", "Celu", "IsInf", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "NonMaxSuppression", "EyeLike", "DFT", "STFT", "MelWeightMatrix",
        "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli", "HannWindow",
        "HammingWindow", "BlackmanWindow", "If", "Loop", "Scan",
    };

    /// <summary>Operators that keep computing in 32 bits. <c>If</c>, <c>Loop</c> and <c>Scan</c> always do.</summary>
    public IReadOnlySet<string> Blocked { get; init; } = UsualBlocked;

    /// <summary>Names of nodes that keep computing in 32 bits.</summary>
    public IReadOnlySet<string> BlockedNodes { get; init; } = new HashSet<string>();

    /// <summary>Whether inputs and outputs stay 32-bit, so that callers notice nothing. Default: yes.</summary>
    public bool KeepInputsAndOutputs { get; init; } = true;
}
