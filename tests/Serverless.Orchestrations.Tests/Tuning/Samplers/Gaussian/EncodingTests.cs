using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Gaussian;

public sealed class EncodingTests
{
    private static readonly SearchSpace Space = SearchSpace.Of(new(
    [
        new CategoricalParameter("algo", ["sgd", "adam", "tree"]),
        new FloatParameter("dropout", 0, 0.6),
        new FloatParameter("lr", 1e-4, 1, Log: true) { When = new NotCondition(new EqualsCondition("algo", "tree")) },
        new ConstantParameter("epochs", 3),
    ]));

    private static readonly double[] Sgd = [0, 0.3, 1e-2, 0], Adam = [1, 0.3, 1e-2, 0], Tree = [2, 0.3, double.NaN, 0];

    [Fact]
    public void Encode_OfTwoChoices_IsOneApart() => Assert.Equal(1, SquaredDistance(Sgd, Adam), 1e-12);

    [Fact]
    public void Encode_OfNumbers_IsAsFarAsTheirUnits() => Assert.Equal(0.25 * 0.25 + 0.5 * 0.5, SquaredDistance([0, 0.15, 1e-4, 0], [0, 0.3, 1e-2, 0]), 1e-12);

    [Fact]
    public void Encode_OfANumberThatIsNotThere_IsFarFromOneThatIs() => Assert.Equal(1 + 0.25, SquaredDistance(Adam, Tree), 1e-12);

    [Fact]
    public void Encode_OfTwoAbsences_IsNoDistance() => Assert.Equal(0.25, SquaredDistance(Tree, [2, 0.6, double.NaN, 0]), 1e-12);

    [Fact]
    public void Complete_OfAChangedChoice_PutsWhatComesInItsMiddle()
    {
        double[] point = [1, 0.3, double.NaN, double.NaN];

        new Encoding(Space).Complete(point);

        Assert.Equal(1e-2, point[2], 1e-12);
    }

    private static double SquaredDistance(double[] left, double[] right)
    {
        var encoding = new Encoding(Space);
        return encoding.Encode(left).Zip(encoding.Encode(right), (a, b) => (a - b) * (a - b)).Sum();
    }
}
