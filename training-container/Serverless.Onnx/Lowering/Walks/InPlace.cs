namespace Serverless.Onnx.Lowering.Walks;

/// <summary>Which operators write into their first input, by libtorch's naming.</summary>
internal static class InPlace
{
    private static readonly HashSet<string> Relabelling = new(StringComparer.Ordinal)
    {
        "aten::permute_", "aten::transpose_", "aten::swapaxes_", "aten::swapdims_", "aten::t_", "aten::unsqueeze_", "aten::squeeze_", "aten::requires_grad_",
    };

    /// <summary>Whether an operator writes into its first input: <c>aten::add_</c>, but not <c>aten::__and__</c>, and not <c>aten::t_</c>, which only names axes anew.</summary>
    public static bool Writes(string name) =>
        (name.EndsWith('_') && !name.EndsWith("__", StringComparison.Ordinal) && !Relabelling.Contains(name)) || (name.StartsWith("aten::__i", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal));

    /// <summary>The operator that computes the same without writing.</summary>
    public static string WithoutWriting(string name) => name.EndsWith("__", StringComparison.Ordinal) ? name : name[..^1];
}
