namespace Serverless.Onnx.Lowering.Sizes;

/// <summary>A product: a number times atoms, the atoms in order.</summary>
internal sealed record SizeTerm(long Factor, IReadOnlyList<SizeAtom> Atoms)
{
    /// <summary>The atoms alone, as a key.</summary>
    public string Key { get; } = string.Join('*', Atoms);

    public long At(int recording) => Atoms.Aggregate(Factor, (product, atom) => checked(product * atom.Values[recording]));

    public override string ToString() => Atoms.Count == 0 ? $"{Factor}" : Factor == 1 ? Key : Factor == -1 ? $"-{Key}" : $"{Factor}*{Key}";
}
