using FsCheck;
using FsCheck.Fluent;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

public sealed class SizeFitTests
{
    private static readonly long[][] Sizes = [[2, 5], [3, 5], [2, 8], [3, 8], [5, 11]];

    [Fact]
    public void Fit_AnyLine_IsFoundFromTwoBatchSizes() =>
        Prop.ForAll(Whole.ToArbitrary(), Whole.ToArbitrary(), Prime.ToArbitrary(), (a, b, batch) =>
        {
            var fit = Of([2], [3]);

            var found = fit.Fit([(2 * a) + b, (3 * a) + b]);

            return found is not null && ValueAt(found, batch) == (a * batch) + b;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_AnyProductOfTwoSizes_IsFoundFromFourAndCheckedByAFifth() =>
        Prop.ForAll(Whole.Four().ToArbitrary(), Prime.Two().ToArbitrary(), (k, at) =>
        {
            var (k0, k1, k2, k3) = k;
            long Value(long batch, long sequence) => k0 + (k1 * batch) + (k2 * sequence) + (k3 * batch * sequence);

            var found = Of(Sizes).Fit([.. Sizes.Select(size => Value(size[0], size[1]))]);

            return found is not null && ValueAt(found, at.Item1, at.Item2) == Value(at.Item1, at.Item2);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_OneRecordingThatDiffers_IsRefused() =>
        Prop.ForAll(Whole.Four().ToArbitrary(), Gen.Choose(0, 4).ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (k, which, off) =>
        {
            long[] values = [.. Sizes.Select(size => k.Item1 + (k.Item2 * size[0]) + (k.Item3 * size[1]) + (k.Item4 * size[0] * size[1]))];
            values[which] += off;

            return Of(Sizes).Fit(values) is null;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new long[] { 2, 2, 4, 4, 5 })] // half of the sequence, rounded down
    [InlineData(new long[] { 3, 3, 4, 4, 6 })] // half of it, rounded up
    [InlineData(new long[] { 5, 5, 8, 8, 10 })] // at most ten
    [InlineData(new long[] { 4, 8, 4, 8, 32 })] // a power of two
    public void Fit_NoWholePolynomial_IsRefused(long[] values) => Assert.Null(Of(Sizes).Fit(values));

    [Theory]
    [InlineData(new long[] { 7, 7, 7, 7, 7 }, "7")]
    [InlineData(new long[] { 2, 3, 2, 3, 5 }, "batch")]
    [InlineData(new long[] { 11, 16, 17, 25, 56 }, "batch*sequence + 1")]
    [InlineData(new long[] { 25, 25, 64, 64, 121 }, "sequence*sequence")]
    [InlineData(new long[] { 100, 150, 256, 384, 1210 }, "2*batch*sequence*sequence")]
    public void Fit_Found_ReadsAsWritten(long[] values, string expected) => Assert.Equal(expected, Of(Sizes).Fit(values)!.ToString());

    [Fact]
    public void Fit_HalfOfAnEvenSize_IsRefusedSinceOddOnesHaveNone() => Assert.Null(Of([2], [4]).Fit([1, 2]));

    [Fact]
    public void Unseen_SizesThatVariedTogether_AreNamed() =>
        Assert.Equal(["sequence"], Of([2, 5], [3, 6]).Unseen.Select(symbol => symbol.Name));

    [Fact]
    public void IsChecked_NoRecordingMoreThanUnknowns_IsFalse()
    {
        Assert.False(Of([2], [3]).IsChecked);
        Assert.True(Of([2], [3], [5]).IsChecked);
        Assert.True(Of(Sizes).IsChecked);
    }

    private static Gen<long> Whole => Gen.Choose(-1000, 1000).Select(value => (long)value);

    private static Gen<long> Prime => Gen.Elements(1L, 7, 13, 29, 101);

    private static long ValueAt(SizeExpression size, params long[] at) =>
        size.Terms.Sum(term => term.Atoms.Aggregate(term.Factor, (product, atom) => product * at[atom.Order]));

    private static SizeFit Of(params long[][] sizes) =>
        new([.. Enumerable.Range(0, sizes[0].Length).Select(i => new SizeAtom(i == 0 ? "batch" : "sequence", i, [.. sizes.Select(size => size[i])]))], sizes.Length);
}
