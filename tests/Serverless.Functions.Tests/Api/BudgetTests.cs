using System.Net;
using Serverless.Contracts;
using Serverless.Contracts.Costs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Functions.Tests.Api;

public sealed class BudgetTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budget_SetShownAndRemoved()
    {
        await using var host = await ApiHost.StartAsync();
        var none = await GetAsync(host);
        Assert.Equal((null, 0m, (decimal?)null), (none.Limit, none.Spent, none.Left));
        using var put = await host.Http.PutAsync(Routes.Budget, ApiHost.Json(new BudgetRequest { Limit = 20 }, ContractsJson.Default.BudgetRequest), Cancel);
        var set = await ApiHost.ReadAsync(put, ContractsJson.Default.Budget);
        Assert.Equal((20m, "USD", 20m, false), (set.Limit, set.Currency, set.Left, set.FromHost));
        using var refused = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json("""{"program":{"algorithm":"a"},"limits":{"maxRunSeconds":2592000}}"""), Cancel);
        await ApiHost.ProblemAsync(refused, 409, ProblemCodes.OverBudget);
        using var gone = await host.Http.DeleteAsync(Routes.Budget, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Null((await GetAsync(host)).Limit);
    }

    [Fact]
    public async Task Budget_WrongLimitAndCurrency_SaysBoth()
    {
        await using var host = await ApiHost.StartAsync();
        using var put = await host.Http.PutAsync(Routes.Budget, ApiHost.Json("""{"limit":-1,"currency":"dollars"}"""), Cancel);
        Assert.Equal(["limit", "currency"], (await ApiHost.ProblemAsync(put, 400, ProblemCodes.Invalid)).Errors!.Select(error => error.Path));
    }

    private static async Task<Budget> GetAsync(ApiHost host)
    {
        using var response = await host.Http.GetAsync(Routes.Budget, Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.Budget);
    }
}
