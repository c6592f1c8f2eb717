using FsCheck;
using FsCheck.Fluent;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Samplers.Auto;
using Serverless.Tuning.Samplers.CmaEs;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Samplers.Genetic;
using Serverless.Tuning.Samplers.Grid;
using Serverless.Tuning.Samplers.PopulationBased;
using Serverless.Tuning.Samplers.QuasiRandom;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Samplers.Tpe;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Studies;

public sealed class StudyProperties
{
    /// <summary>Every sampler and pruner, each with one and two objectives where it takes them.</summary>
    public static TheoryData<string, string, int> Combinations => new()
    {
        { "random", "none", 1 },
        { "random", "none", 2 },
        { "gp", "none", 1 },
        { "gp", "none", 2 },
        { "cma-es", "none", 1 },
        { "auto", "none", 1 },
        { "auto", "none", 2 },
        { "tpe", "none", 1 },
        { "tpe-independent", "none", 1 },
        { "tpe-multivariate", "none", 1 },
        { "tpe-liar", "none", 1 },
        { "tpe", "none", 2 },
        { "grid", "none", 1 },
        { "sobol", "none", 1 },
        { "halton", "none", 1 },
        { "nsga2", "none", 2 },
        { "pbt", "none", 1 },
        { "random", "median", 1 },
        { "random", "patient", 1 },
        { "random", "successive-halving", 1 },
        { "random", "hyperband", 1 },
        { "tpe", "auto", 1 },
        { "tpe", "wilcoxon", 1 },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Restore_AnywhereInAnyCourse_HasTheSameFutureBitForBit(string sampler, string pruner, int objectives) =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (seed, stride) =>
        {
            var whole = StudyDriver.Run(() => Begin(sampler, pruner, objectives, seed), () => Sampler(sampler), () => Pruner(pruner), 100, seed, _ => false);
            var cut = StudyDriver.Run(() => Begin(sampler, pruner, objectives, seed), () => Sampler(sampler), () => Pruner(pruner), 100, seed, number => number % stride == 0);
            return whole.SequenceEqual(cut);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

    private static Study Begin(string sampler, string pruner, int objectives, long seed) => Study.Begin(
        SampleSpaces.Everything,
        [.. Enumerable.Range(0, objectives).Select(index => new Objective($"metric{index}", index % 2 == 0 ? Direction.Minimize : Direction.Maximize))],
        Sampler(sampler), Pruner(pruner), new StudyLimits { Parallelism = 4, MaxTrials = 200 }, seed);

    private static ISampler Sampler(string name) => name switch
    {
        "random" => new RandomSampler(),
        "gp" => new GaussianProcessSampler(),
        "auto" => new AutoSampler(),
        "cma-es" => new CmaEsSampler(),
        "tpe" => new TpeSampler(),
        "tpe-independent" => new TpeSampler(new TpeOptions { Model = TpeModel.Independent }),
        "tpe-multivariate" => new TpeSampler(new TpeOptions { Model = TpeModel.Multivariate }),
        "grid" => new GridSampler(),
        "sobol" => new QuasiRandomSampler(),
        "halton" => new QuasiRandomSampler(QuasiRandomKind.Halton),
        "nsga2" => new NsgaSampler(new NsgaOptions { Population = 5 }),
        "pbt" => new PopulationSampler(new PopulationOptions { Members = 4 }),
        "tpe-liar" => new TpeSampler(new TpeOptions { Model = TpeModel.Independent, ConstantLiar = true }),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Add the sampler here."),
    };

    private static IPruner Pruner(string name) => name switch
    {
        "none" => new NoPruner(),
        "median" => new PercentilePruner(startupTrials: 2),
        "patient" => new PatientPruner(patience: 1),
        "successive-halving" => new SuccessiveHalvingPruner(),
        "auto" => new AutoPruner(8),
        "hyperband" => new HyperbandPruner(9),
        "wilcoxon" => new WilcoxonPruner(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Add the pruner here."),
    };
}
