using Serverless.Api.Routing;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Api.Costs;

/// <summary>Shows and sets the month's budget.</summary>
internal sealed class BudgetCalls(MonthlyBudget budget, BudgetSetting setting)
{
    private const decimal MaxLimit = 1_000_000_000m;

    /// <summary>Shows it.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(await budget.ShowAsync(cancel), ContractsJson.Default.Budget, cancel);

    /// <summary>Sets it.</summary>
    public async Task PutAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.BudgetRequest, cancel);
        List<FieldError> errors = [];
        if (request.Limit is < 0 or > MaxLimit)
            errors.Add(new FieldError("limit", FormattableString.Invariant($"The limit {request.Limit} is outside 0 to {MaxLimit}."), $"Give 0 to {MaxLimit}."));
        if (request.Currency.Length != 3 || !request.Currency.All(char.IsAsciiLetterUpper))
            errors.Add(new FieldError("currency", $"{Shown.Quote(request.Currency)} is not an ISO 4217 code.", "Give one such as 'USD'."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
        await setting.SetAsync(request.Limit, request.Currency, cancel);
        await GetAsync(call, cancel);
    }

    /// <summary>Removes it.</summary>
    public async Task DeleteAsync(ApiCall call, CancellationToken cancel)
    {
        await setting.RemoveAsync(cancel);
        await call.EmptyAsync();
    }
}
