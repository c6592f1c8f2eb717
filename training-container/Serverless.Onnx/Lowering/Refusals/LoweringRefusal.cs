namespace Serverless.Onnx.Lowering.Refusals;

/// <summary>Why a recording was not made a model: one thing that would have made it wrong.</summary>
/// <param name="Operator">The operator, such as <c>aten::nonzero</c>; empty when it is not one operator's matter.</param>
/// <param name="Place">The line that called it, and the module; empty when the recording does not say.</param>
/// <param name="What">What is wrong, with the values.</param>
/// <param name="Cure">What to do.</param>
public sealed record LoweringRefusal(string Operator, string Place, string What, string Cure)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => string.Join(": ", new[] { Place, Operator, What }.Where(part => part.Length > 0)) + ". " + Cure;
}
