using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Costs;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Costs;

/// <summary>What the jobs of a month may cost.</summary>
public sealed class BudgetClient
{
    private readonly ApiConnection connection;

    internal BudgetClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The limit, and how this month stands.</summary>
    public Task<Budget> GetAsync(CancellationToken cancel = default) => connection.ReadAsync(ApiCall.Get(Routes.Budget, []), ContractsJson.Default.Budget, cancel);

    /// <summary>Sets the limit; jobs that run are stopped when it is reached.</summary>
    /// <param name="limit">The most that the jobs of a month may cost.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<Budget> SetAsync(decimal limit, string currency = "USD", CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Put, Routes.Budget)
        {
            Body = Bodies.Json(new BudgetRequest { Limit = limit, Currency = currency }, ContractsJson.Default.BudgetRequest),
        }, ContractsJson.Default.Budget, cancel);

    /// <summary>Removes the limit that was set; the host's own holds again, if it has one.</summary>
    public Task RemoveAsync(CancellationToken cancel = default) => connection.DoAsync(new ApiCall(HttpMethod.Delete, Routes.Budget), cancel);
}
