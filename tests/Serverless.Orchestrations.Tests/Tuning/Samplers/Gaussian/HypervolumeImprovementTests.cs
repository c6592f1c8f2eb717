using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Pareto;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Samplers.Gaussian;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Gaussian;

public sealed class HypervolumeImprovementTests
{
    private static readonly double[] Parameters = [Math.Log(0.4), Math.Log(0.9), Math.Log(1e-3)];

    [Theory]
    [InlineData(2, 0.4, 0.4)]
    [InlineData(2, 0.95, 0.1)]
    [InlineData(3, 0.4, 0.4)]
    [InlineData(3, 0.7, 0.9)]
    public void At_APlace_IsTheMeanOverManyDraws(int losses, double x, double y)
    {
        var (improvement, processes, points, reference) = Example(losses);
        var random = new RandomSource(3);
        const int Draws = 40_000;
        var before = Hypervolume.Of(points, reference);
        var predicted = processes.Select(process => process.Predict([x, y])).ToArray();
        double sum = 0, squares = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            double[] drawn = [.. predicted.Select(loss => loss.Mean + Math.Sqrt(loss.Variance) * random.NextNormal())];
            var gain = Hypervolume.Of([.. points, drawn], reference) - before;
            (sum, squares) = (sum + gain, squares + gain * gain);
        }

        var (mean, error) = (sum / Draws, Math.Sqrt((squares / Draws - sum / Draws * (sum / Draws)) / Draws));
        Assert.InRange(Math.Exp(improvement.At([x, y])), mean - 4 * error, mean + 4 * error);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void At_APlace_HasTheGradientOfFiniteDifferences(int losses)
    {
        var (improvement, _, _, _) = Example(losses);
        double[] place = [0.35, 0.55], gradient = new double[2];
        const double Step = 1e-5;

        var value = improvement.At(place, gradient, new double[2]);

        Assert.Equal(improvement.At(place), value, 1e-12);
        Assert.Equal((improvement.At([0.35 + Step, 0.55]) - improvement.At([0.35 - Step, 0.55])) / (2 * Step), gradient[0], 1e-5);
        Assert.Equal((improvement.At([0.35, 0.55 + Step]) - improvement.At([0.35, 0.55 - Step])) / (2 * Step), gradient[1], 1e-5);
    }

    /// <summary>The improvement itself is 0 to all digits there; its logarithm still says which way is better.</summary>
    [Fact]
    public void At_WhereNothingIsExpected_IsFiniteWithASlope()
    {
        var processes = Processes(2);
        var improvement = new HypervolumeImprovement(processes, new FrontCells([[-200, -200]], [1, 1]));
        var gradient = new double[2];

        var value = improvement.At([0.4, 0.4], gradient, new double[2]);

        Assert.True(double.IsFinite(value) && value < -745, $"{value}");
        Assert.All(gradient, slope => Assert.True(double.IsFinite(slope) && slope != 0, $"{slope}"));
    }

    [Fact]
    public void At_OneLoss_IsTheExpectedImprovement()
    {
        var process = Processes(1)[0];

        Assert.Equal(new ExpectedImprovement(process, -0.3).At([0.4, 0.4]), new HypervolumeImprovement([process], new FrontCells([[-0.3]], [1])).At([0.4, 0.4]), 1e-12);
    }

    private static (HypervolumeImprovement Improvement, GaussianProcess[] Processes, double[][] Points, double[] Reference) Example(int losses)
    {
        var processes = Processes(losses);
        double[][] points = losses == 2 ? [[-0.5, 0.4], [0.1, -0.2], [0.3, 0.3]] : [[-0.5, 0.4, 0.1], [0.1, -0.2, 0.3], [0.3, 0.3, -0.4], [-0.1, 0.1, 0.2]];
        double[] reference = [.. Enumerable.Repeat(1.0, losses)];
        return (new(processes, new FrontCells(points, reference)), processes, points, reference);
    }

    private static GaussianProcess[] Processes(int losses) => [.. Enumerable.Range(0, losses).Select(loss => new GaussianProcess(
        Places(), [.. Enumerable.Range(0, 5).Select(i => Math.Sin(1 + 2.3 * i + 1.7 * loss))], Parameters, new KernelPrior()))];

    private static TrainingSet Places()
    {
        var data = new TrainingSet([0, 1], 5);
        foreach (var place in new double[][] { [0.1, 0.2], [0.5, 0.9], [0.8, 0.3], [0.3, 0.6], [0.95, 0.75] })
            data.Add(place);
        return data;
    }
}
