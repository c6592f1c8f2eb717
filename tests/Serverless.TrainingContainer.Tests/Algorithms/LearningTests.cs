using Serverless.Algorithms.Learning;
using Serverless.Training.Features;
using Serverless.Training.Scores;
using Serverless.Training.Splits;

namespace Serverless.TrainingContainer.Tests.Algorithms;

public sealed class LearningTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Objective_Gradient_IsTheSlopeOfTheLoss(int classes)
    {
        var data = Random(classes, rows: 200);
        var objective = new SoftmaxObjective(data, classes, 0.01);
        var random = new Random(5);
        var weights = Enumerable.Range(0, objective.Size).Select(_ => random.NextDouble() - 0.5).ToArray();
        var gradient = new double[weights.Length];
        objective.Evaluate(weights, gradient);

        var scratch = new double[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var (before, step) = (weights[i], 1e-6);
            weights[i] = before + step;
            var up = objective.Evaluate(weights, scratch);
            weights[i] = before - step;
            var down = objective.Evaluate(weights, scratch);
            weights[i] = before;
            Assert.Equal((up - down) / (2 * step), gradient[i], 1e-6);
        }
    }

    [Fact]
    public void Objective_TwoClassesByHand_IsTheKnownLoss()
    {
        // One feature 2 with weight 0.5 and intercept −1 gives log-odds 0, so the loss is ln 2 for either class; the penalty is λ/2 · 0.25.
        var objective = new SoftmaxObjective(new(2, 1, [2, 2], 0, 0, [], [0, 1]), 2, 0.4);

        Assert.Equal(Math.Log(2) + 0.05, objective.Evaluate([0.5, -1], new double[2]), 1e-12);
    }

    [Fact]
    public void Objective_HugeLogits_StayFinite()
    {
        foreach (var classes in new[] { 2, 3 })
        {
            var objective = new SoftmaxObjective(new(1, 1, [1e6], 0, 0, [], [0]), classes, 0);
            var gradient = new double[objective.Size];

            Assert.True(double.IsFinite(objective.Evaluate([.. Enumerable.Range(0, objective.Size).Select(i => i * 1e3 + 1)], gradient)));
            Assert.All(gradient, slope => Assert.True(double.IsFinite(slope)));
        }
    }

    [Fact]
    public void Lbfgs_Rosenbrock_ReachesTheMinimum()
    {
        var solver = new Lbfgs(Rosenbrock, [-1.2, 1]);

        while (solver.Slope > 1e-9 && solver.Iteration < 200 && solver.Step())
        {
        }

        Assert.Equal(1, solver.Point[0], 1e-6);
        Assert.Equal(1, solver.Point[1], 1e-6);
    }

    [Fact]
    public void Lbfgs_PutBack_GoesOnWithTheSameNumbers()
    {
        var whole = new Lbfgs(Rosenbrock, [-1.2, 1]);
        for (var i = 0; i < 8; i++)
            whole.Step();
        var resumed = new Lbfgs(Rosenbrock, [.. whole.Point], whole.Iteration, whole.Steps, whole.Changes);
        for (var i = 0; i < 8; i++)
            Assert.Equal(whole.Step(), resumed.Step());

        Assert.Equal(whole.Point, resumed.Point);
        Assert.Equal(whole.Iteration, resumed.Iteration);
    }

    [Fact]
    public void Split_EachClass_IsInBothPartsInProportion()
    {
        int[] labels = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 10), 2, 2, 3];

        var (learn, held) = StratifiedSplit.Split(labels, 4, 0.2, new Random(1));

        Assert.Equal(Enumerable.Range(0, labels.Length), learn.Concat(held).Order());
        Assert.Equal([20, 2, 1, 0], Enumerable.Range(0, 4).Select(label => held.Count(row => labels[row] == label)));
    }

    [Fact]
    public void Scores_SmallCase_AreThoseCountedByHand()
    {
        // Told 0, 0, 1, 1 where 0, 1, 1, 2 is right: accuracy 2/4; F1 of 0, 1, 2 is 2/3, 1/2, 0 (sklearn.metrics.f1_score(average="macro") gives 0.3888…).
        double[] probabilities = [0.8, 0.1, 0.1, 0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0.1, 0.8, 0.1];

        var scores = ClassificationScores.Of([0, 1, 1, 2], probabilities, 3);

        Assert.Equal(0.5, scores.Accuracy);
        Assert.Equal(7.0 / 18, scores.MacroF1, 1e-12);
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.3) + Math.Log(0.7) + Math.Log(0.1)) / 4, scores.LogLoss, 1e-12);
    }

    private static double Rosenbrock(double[] at, double[] gradient)
    {
        var (x, y) = (at[0], at[1]);
        gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
        gradient[1] = 200 * (y - x * x);
        return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
    }

    private static FeatureMatrix Random(int classes, int rows)
    {
        var random = new Random(2);
        return new(rows, 3, [.. Enumerable.Range(0, rows * 3).Select(_ => random.NextDouble() * 4 - 2)], 2, 5,
            [.. Enumerable.Range(0, rows).SelectMany(_ => new[] { random.Next(3), random.Next(-1, 2) is -1 ? -1 : 3 + random.Next(2) })], [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))]);
    }
}
