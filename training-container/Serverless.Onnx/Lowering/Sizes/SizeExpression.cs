namespace Serverless.Onnx.Lowering.Sizes;

/// <summary>
/// A size as a polynomial with whole coefficients over sizes that only the run knows, such as <c>2*batch*sequence + 1</c>. Two expressions that are equal as polynomials are equal as
/// records, and have the same text.
/// </summary>
internal sealed class SizeExpression : IEquatable<SizeExpression>
{
    /// <summary>Terms, and atoms in a term, at most. Shapes have a handful; more would come from a hostile recording.</summary>
    private const int MaxParts = 64;
    private readonly string text;

    private SizeExpression(IEnumerable<SizeTerm> terms)
    {
        Terms = [.. terms.GroupBy(term => term.Key, StringComparer.Ordinal).Select(group => group.First() with { Factor = checked(group.Sum(term => term.Factor)) })
            .Where(term => term.Factor != 0).OrderByDescending(term => term.Atoms.Count).ThenBy(term => term.Key, StringComparer.Ordinal)];
        if (Terms.Count > MaxParts || Terms.Any(term => term.Atoms.Count > MaxParts))
            throw new OverflowException($"The size has more than {MaxParts} terms or factors.");
        text = Terms.Count == 0 ? "0" : string.Join(" + ", Terms).Replace("+ -", "- ", StringComparison.Ordinal);
    }

    /// <summary>The products that are added; none for 0.</summary>
    public IReadOnlyList<SizeTerm> Terms { get; }

    /// <summary>The number, when it is the same in every run; else null.</summary>
    public long? Constant => Terms switch { [] => 0, [{ Atoms.Count: 0 } only] => only.Factor, _ => null };

    /// <summary>Whether it depends on the run.</summary>
    public bool IsDynamic => Constant is null;

    public static SizeExpression Of(long value) => new([new(value, [])]);

    public static SizeExpression Of(SizeAtom atom) => new([new(1, [atom])]);

    public static SizeExpression Sum(IEnumerable<SizeExpression> parts) => new(parts.SelectMany(part => part.Terms));

    public static SizeExpression Product(IEnumerable<SizeExpression> factors) => factors.Aggregate(Of(1), (product, factor) => product * factor);

    public static SizeExpression operator +(SizeExpression left, SizeExpression right) => new(left.Terms.Concat(right.Terms));

    public static SizeExpression operator -(SizeExpression left, SizeExpression right) => left + (right * -1);

    public static SizeExpression operator *(SizeExpression left, SizeExpression right) =>
        new(left.Terms.SelectMany(a => right.Terms.Select(b => new SizeTerm(checked(a.Factor * b.Factor), [.. a.Atoms.Concat(b.Atoms).OrderBy(atom => atom.Order)]))));

    public static implicit operator SizeExpression(long value) => Of(value);

    public static bool operator ==(SizeExpression? left, SizeExpression? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(SizeExpression? left, SizeExpression? right) => !(left == right);

    /// <summary>The quotient when the division leaves nothing over in any run; else null.</summary>
    public SizeExpression? Divide(SizeExpression divisor)
    {
        if (divisor.Terms is not [var by] || by.Factor == 0)
            return this == divisor && Terms.Count > 0 ? Of(1) : null;
        List<SizeTerm> quotient = [];
        foreach (var term in Terms)
        {
            var atoms = term.Atoms.ToList();
            if (term.Factor % by.Factor != 0 || !by.Atoms.All(atoms.Remove))
                return null;
            quotient.Add(new(term.Factor / by.Factor, atoms));
        }

        return new(quotient);
    }

    /// <summary>What it was in a recording.</summary>
    /// <exception cref="OverflowException">It does not fit into 64 bits.</exception>
    public long At(int recording) => Terms.Aggregate(0L, (sum, term) => checked(sum + term.At(recording)));

    public bool Equals(SizeExpression? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as SizeExpression);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => text;
}
