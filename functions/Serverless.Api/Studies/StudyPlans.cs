using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Studies.Plans;
using Serverless.Contracts.Wire;
using Serverless.Orchestrations.Studies.Plans;

namespace Serverless.Api.Studies;

/// <summary>Says what studies would come to.</summary>
internal sealed class StudyPlans(StudyPlanning planning)
{
    /// <summary>The row.</summary>
    public static Route Row { get; } = new()
    {
        Method = "POST",
        Template = Routes.StudyPlan,
        Name = "planStudy",
        Access = RouteAccess.Submit,
        Summary = "What a study would come to, from many simulated ones: trials, time, cost, the most that it can cost, alternatives; nothing is submitted.",
        Body = RouteBody.Json<StudyPlanRequest>(),
        MaxBodyBytes = RouteLimits.ListBytes,
        Replies = [RouteReply.Json<StudyPlan>(200, "The plan.")],
        Handler = Answer.By<StudyPlans>((plans, call, cancel) => plans.PlanAsync(call, cancel)),
    };

    /// <summary>Plans one.</summary>
    public async Task PlanAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.StudyPlanRequest, cancel);
        await call.WriteAsync(await planning.PlanAsync(request, cancel), ContractsJson.Default.StudyPlan, cancel);
    }
}
