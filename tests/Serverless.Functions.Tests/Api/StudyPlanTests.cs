using Serverless.Contracts;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Contracts.Wire;

namespace Serverless.Functions.Tests.Api;

/// <summary>Plans over HTTP.</summary>
public sealed class StudyPlanTests
{
    private const string Body = """
        {"study":{"job":{"program":{"algorithm":"a"}},"objectives":[{"metric":"loss"}],"limits":{"trials":3},"space":{"parameters":[{"name":"x","type":"float","low":0,"high":1}]}},"trialSeconds":60}
        """;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_SaysWhatAStudyComesTo_AndSubmitsNothing()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Http.PostAsync(Routes.StudyPlan, ApiHost.Json(Body), Cancel);
        var plan = await ApiHost.ReadAsync(answer, ContractsJson.Default.StudyPlan);

        Assert.Equal((3.0, StudyStopReason.Trials, PlanSource.Said), (plan.Expected.Started.Median, plan.Expected.EndsBy, plan.Trial.Source));
        Assert.NotEmpty(plan.Alternatives);
        using var list = await host.Http.GetAsync(Routes.Studies, Cancel);
        Assert.Empty((await ApiHost.ReadAsync(list, ContractsJson.Default.StudyPage)).Items);
    }
}
