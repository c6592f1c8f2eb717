namespace Serverless.Inference.Checks;

/// <summary>What a model file may have. Far above what training tools write, far below what hurts.</summary>
/// <param name="Nodes">Operators in all graphs and functions together.</param>
/// <param name="Depth">Graphs within graphs.</param>
/// <param name="Tensors">Constants in all graphs together.</param>
/// <param name="Ports">Inputs, and outputs, of the model.</param>
internal sealed record ScanLimits(int Nodes = 200_000, int Depth = 16, int Tensors = 200_000, int Ports = 4_096)
{
    /// <summary>The usual limits.</summary>
    public static ScanLimits Usual { get; } = new();
}
