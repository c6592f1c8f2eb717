using Serverless.Contracts.Studies;
using Serverless.Core.Compute;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Samplers.Random;

namespace Serverless.Orchestrations.Tests.Studies.Plans;

/// <summary>
/// A simulated study beside the same study driven for real: the workflow, its looks, the jobs and their workflows, with agents that run trials in virtual time. Same seed, same trials, so the
/// same number of them begins, runs whole, is given up and fails, in the same time and for the same money.
/// </summary>
public sealed class PlanAgainstStudyTests
{
    private const double StopSeconds = 0.7;
    private const decimal Price = 0.36m;

    [Theory]
    [InlineData(1, 2, "none", 0.0, null)]
    [InlineData(3, 2, "none", 0.2, null)]
    [InlineData(4, 4, "none", 0.0, 0.03)]
    [InlineData(1, 1, "median", 0.0, null)]
    [InlineData(2, 2, "successive-halving", 0.1, null)]
    [InlineData(3, 3, "median", 0.0, 0.04)]
    public async Task SimulatedStudy_IsTheStudyThatRuns(int parallelism, int nodes, string pruner, double failures, double? maxCost)
    {
        await using var bench = new Bench(new PoolOptions { MaxNodes = nodes });
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 24, parallelism) with { Pruner = new TunerSpec(pruner) };
        spec = spec with { Limits = spec.Limits with { Failures = 6, MaxCost = (decimal?)maxCost } };
        spec = spec with { Job = spec.Job with { Limits = spec.Job.Limits with { MaxRunSeconds = 200 } } };
        var scenario = Scenario(spec, nodes, failures);
        var courses = new List<SimulatedTrial>();
        var simulated = StudySimulation.Run(scenario, spec.Seed!.Value, trials: courses.Add);

        var real = await new VirtualAgents(bench, studies, courses, nodes, scenario.Trial.Steps, StopSeconds).RunAsync((await studies.SubmitAsync(spec)).Id);

        Assert.Equal((simulated.Complete, simulated.Pruned, simulated.Failed), (real.Trials.Complete, real.Trials.Pruned, real.Trials.Failed + real.Trials.Cut));
        Assert.Equal(simulated.Reason.ToString(), real.StopReason.ToString());
        Assert.Equal(simulated.Seconds, (real.EndedAt!.Value - real.CreatedAt).TotalSeconds, 0.01);
        Assert.Equal((double)Price * simulated.TrialSeconds / 3_600, (double)real.Cost, 1e-5);
        if (pruner != "none")
            Assert.True(simulated.Pruned > 0, "nothing was pruned, so nothing is shown");
    }

    private static StudyScenario Scenario(StudySpec spec, int nodes, double failures)
    {
        var search = SearchPlan.Of(spec);
        var steps = spec.Pruner.Name == "none" ? 1 : 9;
        return new StudyScenario(search.Space, search.Objectives, SearchPlan.Limits(spec.Limits))
        {
            Sampler = () => new RandomSampler(),
            Pruner = steps == 1 ? null : () => PrunerCatalog.Create(spec.Pruner.Name, spec.Pruner.Settings, out _)!,
            Trial = new TrialModel(new TrialTimes(24) { Spread = 0.5 }) { Steps = steps, FailureShare = failures, MaxRunSeconds = 200 },
            Pool = new PoolModel(nodes, Price),
            Pace = new LookPace { StopSeconds = StopSeconds, HandoverSeconds = 0 },
        };
    }
}
