using Serverless.Benchmarks.Tuning.Functions;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.Auto;
using Serverless.Tuning.Samplers.CmaEs;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers;

/// <summary>The samplers with a model, on whole studies.</summary>
public sealed class ModelSamplerTests
{
    /// <summary>The gaps are about ten times those that other seeds reach; chance alone is a hundred times above them.</summary>
    [Theory]
    [InlineData("gp", "branin2", 60, 0.01)]
    [InlineData("auto", "branin2", 60, 0.001)]
    [InlineData("gp", "mixed", 60, 0.02)]
    [InlineData("auto", "mixed", 80, 0.02)]
    [InlineData("auto", "levy4", 80, 0.1)]
    [InlineData("cma-es", "branin2", 200, 0.01)]
    [InlineData("cma-es", "mixed", 100, 0.08)]
    public void Study_OfAFunction_EndsNearItsOptimum(string sampler, string function, int trials, double gap)
    {
        var wanted = TestFunctions.All.Single(candidate => candidate.Name == function);

        var best = Run(wanted.Space, wanted.Evaluate, Create(sampler), trials).Min(trial => trial.Values[0]);

        Assert.InRange(best - wanted.Optimum, -1e-9, gap);
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("auto")]
    public void Study_OfASmallGrid_TriesNoPointTwiceUntilAllAreTried(string sampler)
    {
        var space = new SpaceDescription([new IntParameter("a", 0, 4), new CategoricalParameter("b", ["x", "y", "z"])]);

        var trials = Run(space, values => values["a"].Number - (values["b"].Text == "y" ? 3 : 0), Create(sampler), 15);

        Assert.Contains(trials, trial => trial.Values[0] == -3);
        Assert.True(trials.Select(trial => (trial.Point[0], trial.Point[1])).Distinct().Count() >= 13);
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("auto")]
    public void Study_WithManyWorkers_GivesThemDifferentPoints(string sampler)
    {
        var study = Study.Begin(SampleSpaces.Box(3, -1, 1), [new Objective("f")], Create(sampler), new NoPruner(), new StudyLimits { Parallelism = 8, MaxTrials = 48 }, 3);
        for (var round = 0; round < 6; round++)
        {
            foreach (var start in study.Apply(new TrialsAsked(8)).OfType<StartTrial>())
                study.Apply(new TrialCompleted(start.Trial, [start.Values.Sum(value => value.Value.Number * value.Value.Number)]));
        }

        Assert.Equal(48, study.History.Trials.Select(trial => (trial.Point[0], trial.Point[1], trial.Point[2])).Distinct().Count());
    }

    /// <summary>Failures and values beyond all measure must not stop a study.</summary>
    [Theory]
    [InlineData("gp")]
    [InlineData("auto")]
    [InlineData("cma-es")]
    public void Study_WithFailuresAndHugeValues_GoesOn(string sampler)
    {
        var study = Study.Begin(SampleSpaces.Everything, [new Objective("f")], Create(sampler), new NoPruner(), new StudyLimits { MaxTrials = 40 }, 5);
        for (var number = 0; number < 40; number++)
        {
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            study.Apply(number % 3 == 0 ? new TrialFailed(start.Trial) : new TrialCompleted(start.Trial, [number % 3 == 1 ? 1e200 * number : number % 5]));
        }

        Assert.Equal(40, study.History.Ended.Count);
    }

    private static IReadOnlyList<Trial> Run(SpaceDescription space, Func<IReadOnlyDictionary<string, ParameterValue>, double> function, ISampler sampler, int trials)
    {
        var study = Study.Begin(space, [new Objective("f")], sampler, new NoPruner(), new StudyLimits { MaxTrials = trials }, 11);
        for (var number = 0; number < trials; number++)
        {
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            study.Apply(new TrialCompleted(start.Trial, [function(start.Values.ToDictionary(value => value.Key, value => value.Value))]));
        }

        return study.History.Trials;
    }

    private static ISampler Create(string name) => name switch
    {
        "gp" => new GaussianProcessSampler(),
        "cma-es" => new CmaEsSampler(),
        _ => new AutoSampler(),
    };
}
