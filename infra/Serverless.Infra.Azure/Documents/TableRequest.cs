using Azure.Core;
using Serverless.Core.Documents.Rows;

namespace Serverless.Infra.Azure.Documents;

/// <summary>A request to the table service, which stands alone or in a batch.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The address.</param>
/// <param name="ETag">What If-Match says; null: it is not sent.</param>
/// <param name="Body">The body; null: none.</param>
internal sealed record TableRequest(RequestMethod Method, string Address, string? ETag, byte[]? Body)
{
    /// <summary>The body's type.</summary>
    public string BodyType { get; init; } = "application/json";

    /// <summary>The headers.</summary>
    public IEnumerable<(string Name, string Value)> Headers
    {
        get
        {
            yield return ("Accept", BodyType.StartsWith("multipart", StringComparison.Ordinal) ? "multipart/mixed" : "application/json;odata=minimalmetadata");
            yield return ("DataServiceVersion", "3.0");
            if (Body is not null)
                yield return ("Content-Type", BodyType);
            if (Method == RequestMethod.Post)
                yield return ("Prefer", "return-no-content");
            if (ETag is not null)
                yield return ("If-Match", ETag);
        }
    }

    /// <summary>The request of a change.</summary>
    /// <param name="table">The table's address.</param>
    /// <param name="entity">The entity's address.</param>
    /// <param name="change">The change.</param>
    public static TableRequest Of(string table, string entity, RowChange change) => change switch
    {
        RowChange.Insert insert => new(RequestMethod.Post, table, null, TableEntities.Write(insert.Row)),
        RowChange.Replace replace => new(RequestMethod.Put, entity, replace.ETag, TableEntities.Write(replace.Row)),
        RowChange.Put put => new(RequestMethod.Put, entity, null, TableEntities.Write(put.Row)),
        RowChange.Delete delete => new(RequestMethod.Delete, entity, delete.ETag ?? "*", null),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };
}
