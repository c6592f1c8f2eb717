using FsCheck;
using FsCheck.Fluent;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

public sealed class SizeExpressionTests
{
    private static readonly SizeExpression[] Atoms = [.. new[] { "a", "b", "c" }.Select((name, i) => SizeExpression.Of(new SizeAtom(name, i, [i + 2, (3 * i) + 5])))];

    [Fact]
    public void Operators_AnyExpressions_ComputeAsNumbersDo() =>
        Prop.ForAll(Expressions.Two().ToArbitrary(), pair =>
        {
            var (left, right) = pair;
            return Enumerable.Range(0, 2).All(i =>
                (left + right).At(i) == left.At(i) + right.At(i) && (left - right).At(i) == left.At(i) - right.At(i) && (left * right).At(i) == left.At(i) * right.At(i));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equality_SamePolynomialInAnotherOrder_IsEqualInTextAndHash() =>
        Prop.ForAll(Expressions.Three().ToArbitrary(), three =>
        {
            var (a, b, c) = three;
            var (left, right) = ((a + b) * c, (c * b) + (a * c));
            return left == right && left.ToString() == right.ToString() && left.GetHashCode() == right.GetHashCode() && (left - right).Constant == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Divide_ProductByOneOfItsTerms_GivesTheOther() =>
        Prop.ForAll(Expressions.ToArbitrary(), Gen.Elements(1, 2, 7).ToArbitrary(), Gen.Elements(Atoms).ToArbitrary(), (a, k, atom) =>
            (a * atom * k).Divide(atom * k) == a).QuickCheckThrowOnFailure();

    [Fact]
    public void Divide_WithARest_GivesNothing()
    {
        Assert.Null((Atoms[0] + 1).Divide(2));
        Assert.Null((Atoms[0] * 2).Divide(Atoms[1]));
        Assert.Null(Atoms[0].Divide(0));
    }

    [Fact]
    public void Product_WithoutEnd_IsStopped() =>
        Assert.Throws<OverflowException>(() => Enumerable.Range(0, 100).Aggregate(Atoms[0], (product, _) => product * Atoms[1]));

    private static Gen<SizeExpression> Expressions =>
        Gen.Choose(-9, 9).Select(value => SizeExpression.Of(value)).Or(Gen.Elements(Atoms)).Three().Select(three => (three.Item1 * three.Item2) + three.Item3);
}
