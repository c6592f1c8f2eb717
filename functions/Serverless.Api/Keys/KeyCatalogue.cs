using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serverless.Api.Access.Keys;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Access;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Access;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Names;

namespace Serverless.Api.Keys;

/// <summary>Makes, lists and revokes keys. A key's text is in the answer that made it and nowhere else; its hash is kept.</summary>
internal sealed partial class KeyCatalogue(ApiKeySet keys, StoredKeys stored, IIdSource ids, TimeProvider clock, ILogger<KeyCatalogue> log)
{
    /// <summary>Most keys at once: many more than there are people and programs, and few enough to be looked through.</summary>
    private const int MaxKeys = 1_000;

    private static readonly TimeSpan MaxLife = TimeSpan.FromDays(3653);

    /// <summary>A page of them.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var (records, next) = await keys.QueryAsync(null, null, limit, after, cancel);
        await call.WriteAsync(new Page<ApiKey>([.. records.Select(record => record.Key)], next), ContractsJson.Default.ApiKeyPage, cancel);
    }

    /// <summary>Makes one.</summary>
    public async Task MakeAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.ApiKeyRequest, cancel);
        Require(request);
        if ((await keys.QueryAsync(null, null, MaxKeys, null, cancel)).Records.Count >= MaxKeys)
            throw Fail.Conflict($"There are {MaxKeys} keys, which is the limit.", "Revoke those that nobody uses any more.");
        var key = new ApiKey
        {
            Id = ids.Next(StoredKeys.IdPrefix),
            Name = request.Name,
            Role = request.Role,
            Endpoint = request.Endpoint,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = call.Caller.Name,
            ExpiresAt = request.ExpiresAt,
        };
        var text = $"{key.Id}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        await keys.CreateAsync(new ApiKeyRecord(key, StoredKeys.Hash(text)), cancel);
        LogMade(key.Id, key.Name, key.Role, call.Caller.Name);
        await call.WriteAsync(new ApiKeyMade(key, text), ContractsJson.Default.ApiKeyMade, cancel, StatusCodes.Status201Created);
    }

    /// <summary>Revokes one: from now on it proves nothing here, and within seconds nowhere.</summary>
    public async Task RevokeAsync(ApiCall call, CancellationToken cancel)
    {
        var id = call["id"];
        if (id.Length > 64 || !await keys.DeleteAsync(id, cancel))
            throw Fail.NotFound("key", Shown.Quote(id)[1..^1], "List the keys to find its id; the host's own keys are files and are removed there.");
        stored.Forget(id);
        LogRevoked(id, call.Caller.Name);
        await call.EmptyAsync();
    }

    private void Require(ApiKeyRequest request)
    {
        var errors = NameRules.Check(request.Name, "name", "key").ToList();
        if (request.Endpoint is { } endpoint)
            errors.AddRange(NameRules.Check(endpoint, "endpoint", "endpoint"));
        if (request.Endpoint is not null && request.Role != AccessRole.Predictor)
            errors.Add(new FieldError("endpoint", "An endpoint is given for a key that may do more than ask endpoints.", "Leave it out, or give the role 'predictor'."));
        var now = clock.GetUtcNow();
        if (request.ExpiresAt is { } end && (end <= now || end > now + MaxLife))
            errors.Add(new FieldError("expiresAt", $"The key would expire at {end:O}.", "Give a time in the future, at most ten years from now, or leave it out."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    [LoggerMessage(6200, LogLevel.Information, "Key {KeyId} ('{Name}', {Role}) was made by '{Caller}'.")]
    private partial void LogMade(string keyId, string name, AccessRole role, string caller);

    [LoggerMessage(6201, LogLevel.Information, "Key {KeyId} was revoked by '{Caller}'.")]
    private partial void LogRevoked(string keyId, string caller);
}
