namespace Serverless.Onnx.Findings;

/// <summary>One thing that is wrong with a model.</summary>
/// <param name="Code">What kind of thing.</param>
/// <param name="Place">Where, such as <c>graph.node[3] (Gemm 'dense')</c>.</param>
/// <param name="What">What, with the value.</param>
/// <param name="Cure">What to do.</param>
public sealed record OnnxFinding(OnnxFindingCode Code, string Place, string What, string Cure)
{
    /// <summary>The finding as a sentence.</summary>
    public override string ToString() => $"{Place}: {What}. {Cure}";
}
