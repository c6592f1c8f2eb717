using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Costs;

namespace Serverless.Api.Costs;

/// <summary>The rows for the month's budget.</summary>
internal static class BudgetRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Budget, Name = "getBudget", Access = RouteAccess.Read, Summary = "What the jobs of a month may cost, and how this month stands.",
            Replies = [RouteReply.Json<Budget>(200, "The budget.")],
            Handler = Answer.By<BudgetCalls>((budget, call, cancel) => budget.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "PUT", Template = Routes.Budget, Name = "setBudget", Access = RouteAccess.Manage, Summary = "Sets what the jobs of a month may cost; jobs that run are stopped when it is reached.",
            Body = RouteBody.Json<BudgetRequest>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<Budget>(200, "The budget as it now stands.")],
            Handler = Answer.By<BudgetCalls>((budget, call, cancel) => budget.PutAsync(call, cancel)),
        },
        new()
        {
            Method = "DELETE", Template = Routes.Budget, Name = "removeBudget", Access = RouteAccess.Manage, Summary = "Removes the limit that was set; the host's own holds again, if it has one.",
            Replies = [new(204, "It is gone.")],
            Handler = Answer.By<BudgetCalls>((budget, call, cancel) => budget.DeleteAsync(call, cancel)),
        },
    ];
}
