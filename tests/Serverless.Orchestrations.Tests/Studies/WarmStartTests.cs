using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>What a study takes from earlier ones.</summary>
public sealed class WarmStartTests
{
    [Fact]
    public async Task WarmStart_RangeChanged_TakesTheTrialsThatLieWithin()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var first = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 12))).Id);
        var within = (await studies.TrialsAsync(first)).Count(trial => trial.Parameters["x"].Number <= 0.5);
        Assert.InRange(within, 1, 11);

        var second = await studies.EndOfAsync((await studies.SubmitAsync(Narrow(first.Id))).Id);

        Assert.Equal(new TrialCounts(0, 2, 0, 0, within), second.Trials);
        Assert.All(await studies.TrialsAsync(second), trial => Assert.InRange(trial.Parameters["x"].Number!.Value, 0, 0.5));
    }

    [Fact]
    public async Task WarmStart_StudiesThatCannotHelp_EachIsRefusedWithItsPath()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var plain = await studies.SubmitAsync(StudyBench.Spec(trials: 1));
        var other = await studies.SubmitAsync(StudyBench.Spec(trials: 1) with
        {
            Objectives = [new ObjectiveSpec { Metric = "loss", Direction = ObjectiveDirection.Maximize }],
            Space = new SpaceSpec { Parameters = [new ParameterSpec { Name = "y", Type = ParameterType.Float, Low = 0, High = 1 }] },
        });

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => studies.SubmitAsync(StudyBench.Spec() with { WarmStart = [plain.Id, "study-none", other.Id] }));

        Assert.Equal(["warmStart[1]", "warmStart[2]", "warmStart[2]"], refused.Errors.Select(error => error.Path));
        Assert.Contains("'study-none'", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("no objective 'loss' of the same direction", refused.Errors[1].Message, StringComparison.Ordinal);
        Assert.Contains("no parameter 'x'", refused.Errors[2].Message, StringComparison.Ordinal);
    }

    private static StudySpec Narrow(string earlier)
    {
        var spec = StudyBench.Spec(trials: 2);
        return spec with { Space = new SpaceSpec { Parameters = [spec.Space.Parameters[0] with { High = 0.5 }] }, WarmStart = [earlier] };
    }
}
