using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Triggers;

/// <summary>Triggers: data that lands under a prefix starts a job, once for each version of its content.</summary>
public sealed class TriggersClient
{
    private readonly ApiConnection connection;

    internal TriggersClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Makes a trigger, or changes what it starts from now on.</summary>
    public Task<Trigger> PutAsync(string name, TriggerSpec spec, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Put, Routes.Fill(Routes.Trigger, name))
        {
            Body = Bodies.Json(spec, ContractsJson.Default.TriggerSpec),
        }, ContractsJson.Default.Trigger, cancel);

    /// <summary>One trigger.</summary>
    public Task<Trigger> GetAsync(string name, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Trigger, [name]), ContractsJson.Default.Trigger, cancel);

    /// <summary>The triggers.</summary>
    public Task<Page<Trigger>> ListAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Triggers, [], Paging.Parameters(page)), ContractsJson.Default.TriggerPage, cancel);

    /// <summary>Removes a trigger; jobs that it started go on.</summary>
    public Task RemoveAsync(string name, CancellationToken cancel = default) =>
        connection.DoAsync(new ApiCall(HttpMethod.Delete, Routes.Fill(Routes.Trigger, name)), cancel);
}
