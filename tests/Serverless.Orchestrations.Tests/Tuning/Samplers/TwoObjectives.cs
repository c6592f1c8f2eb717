using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers;

/// <summary>Trials with two objectives, one to be small and one to be great, that the reference got too.</summary>
internal static class TwoObjectives
{
    public static Study Twenty(ISampler sampler) => StudyRuns.Run(
        SampleSpaces.Box(2, 0, 1), sampler, 20, 1, trial => Values(trial.Number), [new Objective("small"), new Objective("great", Direction.Maximize)]);

    private static double[] Values(int trial) => [trial * 37 % 20 / 10.0 + trial % 3 * 0.01, (trial * 53 + 7) % 23 / 10.0 - trial * 37 % 20 / 15.0];
}
