using System.Numerics;

namespace Serverless.Onnx.Lowering.Sizes;

/// <summary>
/// Finds how an integer depends on the dynamic sizes from what it was at several of them: <c>c = k0 + k1·B</c> from two batch sizes, <c>c = k0 + k1·B + k2·S + k3·B·S</c> from four. Every further
/// recording must agree. The arithmetic is exact, and only whole coefficients count: a half of an even size is no half of an odd one. A whole multiple of one product with squares (<c>S·S</c>) is found
/// too, when it varies enough to be no accident.
/// </summary>
internal sealed class SizeFit
{
    private const int MaxProducts = 64;

    /// <summary>Values that a square must have been seen at: with fewer, a line would fit as well.</summary>
    private const int LeastDistinct = 3;
    private readonly List<SizeExpression> basis = [];
    private readonly List<Fraction[]> columns = [];
    private readonly List<SizeExpression> squares;

    /// <param name="symbols">The dynamic sizes, with their values in each recording.</param>
    /// <param name="recordings">How many recordings there are.</param>
    public SizeFit(IReadOnlyList<SizeAtom> symbols, int recordings)
    {
        (Symbols, Recordings) = (symbols, recordings);
        var products = new List<List<SizeAtom>> { new() };
        foreach (var symbol in symbols)
            products.AddRange(products.Take(MaxProducts).Select(product => product.Append(symbol).ToList()).ToList());
        List<Fraction[]> rows = [];
        foreach (var product in products.OrderBy(product => product.Count))
        {
            var expression = SizeExpression.Product(product.Select(SizeExpression.Of));
            Fraction[] row = [.. Enumerable.Range(0, recordings).Select(i => Fraction.Of(product.Aggregate(BigInteger.One, (all, symbol) => all * symbol.Values[i])))];
            if (!IsIndependent(rows, [.. row]))
                continue;
            basis.Add(expression);
            columns.Add(row);
        }

        squares = [.. symbols.SelectMany(symbol => basis.Select(product => SizeExpression.Of(symbol) * product)).Where(product => product.Terms[0].Atoms.Count > 1)];
        Unseen = [.. symbols.Where(symbol => !basis.Contains(SizeExpression.Of(symbol)))];
    }

    public int Recordings { get; }

    /// <summary>The dynamic sizes.</summary>
    public IReadOnlyList<SizeAtom> Symbols { get; }

    /// <summary>The sizes that did not vary by themselves, so that nothing can be said of them.</summary>
    public IReadOnlyList<SizeAtom> Unseen { get; }

    /// <summary>Whether there was a recording more than the unknowns, so that a wrong fit shows.</summary>
    public bool IsChecked => Recordings > basis.Count;

    /// <summary>The dependence; null when there is none of this form.</summary>
    /// <param name="values">The integer in each recording.</param>
    public SizeExpression? Fit(IReadOnlyList<long> values)
    {
        if (values.All(value => value == values[0]))
            return SizeExpression.Of(values[0]);
        List<Fraction[]> matrix = [.. Enumerable.Range(0, Recordings).Select(i => columns.Select(column => column[i]).Append(Fraction.Of(values[i])).ToArray())];
        if (Solve(matrix) is not { } factors || factors.Any(factor => !factor.Below.IsOne || BigInteger.Abs(factor.Above) > long.MaxValue))
            return Multiple(values);
        return SizeExpression.Sum(factors.Select((factor, i) => basis[i] * (long)factor.Above));
    }

    private SizeExpression? Multiple(IReadOnlyList<long> values)
    {
        if (values.Distinct().Count() < LeastDistinct)
            return null;
        foreach (var product in squares)
        {
            var whole = Enumerable.Range(0, Recordings).All(i => product.At(i) != 0 && values[i] % product.At(i) == 0 && values[i] / product.At(i) == values[0] / product.At(0));
            if (whole)
                return product * (values[0] / product.At(0));
        }

        return null;
    }

    /// <summary>The one solution of rows of coefficients with the right side last; null when they contradict each other.</summary>
    private Fraction[]? Solve(List<Fraction[]> rows)
    {
        for (var column = 0; column < basis.Count; column++)
        {
            var pivot = rows.FindIndex(column, row => !row[column].IsZero);
            if (pivot < 0)
                return null;
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (var i = 0; i < rows.Count; i++)
                if (i != column)
                    Subtract(rows[i], rows[column], column);
        }

        return rows.Skip(basis.Count).Any(row => !row[^1].IsZero) ? null : [.. basis.Select((_, i) => rows[i][^1] / rows[i][i])];
    }

    private static void Subtract(Fraction[] row, Fraction[] pivot, int column)
    {
        if (row[column].IsZero)
            return;
        var factor = row[column] / pivot[column];
        for (var i = 0; i < row.Length; i++)
            row[i] -= factor * pivot[i];
    }

    private static bool IsIndependent(List<Fraction[]> reduced, Fraction[] row)
    {
        foreach (var before in reduced)
            Subtract(row, before, Array.FindIndex(before, each => !each.IsZero));
        if (row.All(each => each.IsZero))
            return false;
        reduced.Add(row);
        return true;
    }
}
