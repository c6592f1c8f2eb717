using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Access;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Access;

/// <summary>Keys of the host, for admins.</summary>
public sealed class KeysClient
{
    private readonly ApiConnection connection;

    internal KeysClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Makes a key. Its text is in the answer and cannot be had again. Not tried again when the answer is lost: look at the list then.</summary>
    public Task<ApiKeyMade> MakeAsync(ApiKeyRequest request, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Keys) { Body = Bodies.Json(request, ContractsJson.Default.ApiKeyRequest) }, ContractsJson.Default.ApiKeyMade, cancel);

    /// <summary>The keys, newest first, without their texts.</summary>
    public Task<Page<ApiKey>> ListAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Keys, [], Paging.Parameters(page)), ContractsJson.Default.ApiKeyPage, cancel);

    /// <summary>Revokes a key.</summary>
    public Task RevokeAsync(string id, CancellationToken cancel = default) =>
        connection.DoAsync(new ApiCall(HttpMethod.Delete, Routes.Fill(Routes.Key, id)), cancel);
}
