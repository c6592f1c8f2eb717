using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Planning;

/// <summary>Studies to be planned.</summary>
internal static class PlannedStudies
{
    private static readonly Dictionary<string, double> Nothing = [];

    /// <summary>Trials of exactly a minute on machines that boot in 100 s, stay 30 s, and cost 3.60 an hour: a thousandth a second.</summary>
    public static StudyScenario Exact(StudyLimits limits, int nodes = 2) => new(new SpaceDescription([new FloatParameter("x", 0, 1), new FloatParameter("y", 0, 1)]), [new Objective("loss")], limits)
    {
        Sampler = () => new RandomSampler(),
        Trial = new TrialModel(new TrialTimes(60) { Spread = 0, Doubt = 0 }),
        Pool = new PoolModel(nodes, 3.6m) { BootSeconds = 100, IdleSeconds = 30 },
        Pace = new LookPace { HandoverSeconds = 0 },
    };

    /// <summary>The same with a pruner and 27 reports a trial.</summary>
    public static StudyScenario Pruned(StudyLimits limits, string pruner = "successive-halving", int nodes = 4) => Exact(limits, nodes) with
    {
        Pruner = () => PrunerCatalog.Create(pruner, Nothing, out _)!,
        Trial = new TrialModel(new TrialTimes(60)) { Steps = 27 },
    };
}
