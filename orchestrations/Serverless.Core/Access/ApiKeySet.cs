using Serverless.Core.Documents;

namespace Serverless.Core.Access;

/// <summary>The keys that were made over the API, by id.</summary>
public sealed class ApiKeySet(IDocumentStore store) : DocumentSet<ApiKeyRecord>(store, "api-key", ApiKeyJson.Default.ApiKeyRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(ApiKeyRecord record) => record.Key.Id;

    /// <inheritdoc/>
    protected override string NameOf(ApiKeyRecord record) => record.Key.Name;
}
