using System.Text;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Endpoints;

/// <summary>Endpoints and predictions.</summary>
public sealed class EndpointsClient
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly ApiConnection connection;

    internal EndpointsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The endpoints.</summary>
    public Task<Page<Endpoint>> ListAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Endpoints, [], Paging.Parameters(page)), ContractsJson.Default.EndpointPage, cancel);

    /// <summary>One endpoint.</summary>
    public Task<Endpoint> GetAsync(string name, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Endpoint, [name]), ContractsJson.Default.Endpoint, cancel);

    /// <summary>Begins to put a model version behind an endpoint, which is made when it does not exist. The old model answers until the new one does.</summary>
    public Task<Deployment> DeployAsync(string endpoint, DeployRequest request, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.EndpointDeployments, endpoint))
        {
            Body = Bodies.Json(request, ContractsJson.Default.DeployRequest),
        }, ContractsJson.Default.Deployment, cancel);

    /// <summary>Begins to go back to what answered before the last change.</summary>
    public Task<Deployment> RollbackAsync(string endpoint, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.EndpointRollback, endpoint)), ContractsJson.Default.Deployment, cancel);

    /// <summary>One deployment.</summary>
    public Task<Deployment> GetDeploymentAsync(string id, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Deployment, [id]), ContractsJson.Default.Deployment, cancel);

    /// <summary>Waits until a deployment has ended, well or not: look at its status.</summary>
    public async Task<Deployment> WaitAsync(Deployment deployment, CancellationToken cancel = default)
    {
        while (deployment.Status == DeploymentStatus.Running)
        {
            await Task.Delay(Poll, connection.Clock, cancel);
            deployment = await GetDeploymentAsync(deployment.Id, cancel);
        }

        return deployment;
    }

    /// <summary>Removes an endpoint; its models stay.</summary>
    public Task DeleteAsync(string name, CancellationToken cancel = default) =>
        connection.DoAsync(new ApiCall(HttpMethod.Delete, Routes.Fill(Routes.Endpoint, name)), cancel);

    /// <summary>Predictions for rows, one a row, in their order.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="rows">Each row's values by column: numbers, texts, booleans, null for a missing value.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ArgumentException">A value is of another kind.</exception>
    public Task<PredictResponse> PredictAsync(string endpoint, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows, CancellationToken cancel = default) =>
        PredictJsonAsync(endpoint, RowsJson.Write(rows), cancel);

    /// <summary>Predictions for a request as JSON: <c>{"rows": [{"column": value, …}, …]}</c>.</summary>
    public Task<PredictResponse> PredictJsonAsync(string endpoint, ReadOnlyMemory<byte> json, CancellationToken cancel = default) =>
        PredictAsync(endpoint, Bodies.Bytes(json, "application/json"), cancel);

    /// <summary>Predictions for the rows of a CSV text with a header, which names the model's columns, in any order.</summary>
    public Task<PredictResponse> PredictCsvAsync(string endpoint, string csv, CancellationToken cancel = default) =>
        PredictCsvAsync(endpoint, Encoding.UTF8.GetBytes(csv), cancel);

    /// <summary>Predictions for the rows of a CSV text in UTF-8 with a header, which names the model's columns, in any order.</summary>
    public Task<PredictResponse> PredictCsvAsync(string endpoint, ReadOnlyMemory<byte> csv, CancellationToken cancel = default) =>
        PredictAsync(endpoint, Bodies.Bytes(csv, "text/csv"), cancel);

    private Task<PredictResponse> PredictAsync(string endpoint, Func<HttpContent> body, CancellationToken cancel) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.Predict, endpoint))
        {
            Body = body,
            MayRepeat = true,
        }, ContractsJson.Default.PredictResponse, cancel);
}
