using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.Auto;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Auto;

public sealed class LocalRunTests
{
    private static readonly LocalRun Waiting = new() { Centre = 0, Start = 0, Radius = 0.1, Pending = 1, Promised = 0.6, AtEdge = true };

    [Fact]
    public void Settle_OfAKeptPromiseAtTheEdge_MovesAndWidens()
    {
        var run = Settle(Waiting, 1.0, 0.5);

        Assert.Equal((1, LocalRun.None, 0.2), (run.Centre, run.Pending, run.Radius));
    }

    [Fact]
    public void Settle_OfAKeptPromiseWithin_MovesAndKeepsTheRadius() => Assert.Equal(0.1, Settle(Waiting with { AtEdge = false }, 1.0, 0.5).Radius);

    [Theory]
    [InlineData(0, 1, 0.1)]
    [InlineData(1, 0, 0.05)]
    public void Settle_OfABrokenPromise_StaysAndNarrowsAtTheSecond(int before, int after, double radius)
    {
        var run = Settle(Waiting with { Failures = before }, 1.0, 1.2);

        Assert.Equal((0, after, radius), (run.Centre, run.Failures, run.Radius));
    }

    [Fact]
    public void Settle_OfAHop_GoesOnFromABetterPlaceAndCountsAWorseOne()
    {
        var hopping = Waiting with { Hops = 2 };

        Assert.Equal((1, LocalRun.None), (Settle(hopping, 1.0, 0.9).Centre, Settle(hopping, 1.0, 0.9).Hops));
        Assert.Equal((0, 3), (Settle(hopping, 1.0, 1.1).Centre, Settle(hopping, 1.0, 1.1).Hops));
    }

    [Fact]
    public void Settle_OfARunThatNarrowedToTheLeast_FinishesIt()
    {
        var run = Settle(Waiting with { Radius = 1.5 * LocalRun.LeastRadius, Failures = 1 }, 1.0, 1.2);

        Assert.Equal(LocalRun.None, run.Centre);
        Assert.Equal([0], run.Finished);
    }

    [Fact]
    public void Settle_OfAProposalThatWasRefused_Narrows()
    {
        var run = Settle(Waiting with { Pending = 7 }, 1.0, 1.2);

        Assert.Equal((0, LocalRun.None, 0.05), (run.Centre, run.Pending, run.Radius));
    }

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        var run = Waiting with { Failures = 1, Hops = 3, Finished = [4, 9] };

        var read = LocalRun.Read(new SamplerMemory(new Dictionary<string, double[]>(run.Rows())));

        Assert.Equal(run.Finished, read.Finished);
        Assert.Equal(run with { Finished = [] }, read with { Finished = [] });
    }

    /// <summary>The run after two trials of these losses.</summary>
    private static LocalRun Settle(LocalRun run, params double[] losses)
    {
        var study = Study.Begin(SampleSpaces.Box(2, 0, 1), [new Objective("f")], new RandomSampler(), new NoPruner(), new StudyLimits(), 1);
        foreach (var loss in losses)
            study.Apply(new TrialCompleted(study.Apply(new TrialsAsked()).OfType<StartTrial>().Single().Trial, [loss]));
        var encoding = new Encoding(study.History.Space);
        var known = Observations.Of(study.History, encoding, trial => study.History.Loss(trial));
        return run.Settle(study.History, known, new Basins(encoding, known));
    }
}
