using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Failures;
using Serverless.Infra.Azure.Failures;

namespace Serverless.Infra.Azure.Documents;

/// <summary>
/// Rows in a table, by the table service's REST protocol (version 2019-02-02: Query Entities, Insert Entity, Update Entity, Insert Or Replace Entity, Delete Entity, and Entity Group
/// Transactions, which happen wholly or not at all).
/// </summary>
internal sealed class TableRowStore(HttpPipeline pipeline, Uri service, string table) : IRowStore
{
    /// <summary>Most entities that the service gives at once.</summary>
    private const int MaxPage = 1_000;

    private readonly string address = $"{service.AbsoluteUri.TrimEnd('/')}/{table}";

    /// <summary>Makes the table when it is not there. An identity that may only read is not asked to: the infrastructure has made the table.</summary>
    public async Task EnsureTableAsync(CancellationToken cancel)
    {
        if (await HasTableAsync(cancel))
            return;
        var body = Encoding.UTF8.GetBytes($$"""{"TableName":"{{table}}"}""");
        using var message = await SendAsync(new TableRequest(RequestMethod.Post, $"{service.AbsoluteUri.TrimEnd('/')}/Tables", null, body), cancel);
        if (message.Response.Status is not (201 or 204 or 409))
            throw Refused("Making the table of the documents", message.Response.Status, TableErrors.Code(message.Response), message.Response);
    }

    /// <inheritdoc/>
    public async Task<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        using var message = await SendAsync(RequestMethod.Get, EntityAddress(partition, key), null, cancel);
        var response = message.Response;
        return response.Status switch
        {
            200 => TableEntities.Read(response.Content),
            404 when TableErrors.IsAboutEntity(response) => null,
            _ => throw Refused("Reading a document", response.Status, TableErrors.Code(response), response),
        };
    }

    /// <inheritdoc/>
    public async Task<bool> ApplyAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancel)
    {
        var requests = changes.Select(change => TableRequest.Of(address, EntityAddress(partition, change.Key), change)).ToList();
        var batch = requests.Count == 1 ? requests[0] : TableBatch.Write($"{service.AbsoluteUri.TrimEnd('/')}/$batch", requests);
        using var message = await SendAsync(batch, cancel);
        var response = message.Response;
        var (status, code) = requests.Count > 1 && response.Status == 202 ? TableBatch.Read(response.Content) ?? (202, "") : (response.Status, TableErrors.Code(response));
        if (status is >= 200 and < 300)
            return true;
        return TableErrors.IsCondition(status, code) ? false : throw Refused("Writing a document", status, code, response);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Row>> ScanAsync(string partition, string from, string to, int limit, CancellationToken cancel)
    {
        var rows = new List<Row>();
        var next = "";
        do
        {
            var filter = Uri.EscapeDataString($"PartitionKey eq '{partition}' and RowKey ge '{from}' and RowKey lt '{to}'");
            using var message = await SendAsync(RequestMethod.Get, $"{address}()?$filter={filter}&$top={Math.Min(MaxPage, limit - rows.Count)}{next}", null, cancel);
            if (message.Response.Status != 200)
                throw Refused("Looking for documents", message.Response.Status, TableErrors.Code(message.Response), message.Response);
            rows.AddRange(TableEntities.ReadPage(message.Response.Content));
            next = Continuation(message.Response);
        }
        while (next.Length > 0 && rows.Count < limit);
        return rows;
    }

    private async Task<bool> HasTableAsync(CancellationToken cancel)
    {
        using var message = await SendAsync(RequestMethod.Get, $"{service.AbsoluteUri.TrimEnd('/')}/Tables('{table}')", null, cancel);
        return message.Response.Status == 200;
    }

    private static string Continuation(Response response) =>
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition) && partition is { Length: > 0 }
            ? $"&NextPartitionKey={Uri.EscapeDataString(partition)}"
                + (response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var key) && key is { Length: > 0 } ? $"&NextRowKey={Uri.EscapeDataString(key)}" : "")
            : "";

    private static ServerlessException Refused(string what, int status, string code, Response response)
    {
        var refused = new RequestFailedException(response);
        return RemoteFailures.Of(what, status, code, refused.Message, refused);
    }

    private string EntityAddress(string partition, string key) => $"{address}(PartitionKey='{Uri.EscapeDataString(partition)}',RowKey='{Uri.EscapeDataString(key)}')";

    private Task<HttpMessage> SendAsync(RequestMethod method, string at, string? eTag, CancellationToken cancel) => SendAsync(new TableRequest(method, at, eTag, null), cancel);

    private Task<HttpMessage> SendAsync(TableRequest request, CancellationToken cancel) => AzureFailures.CallAsync("Asking the table service", async token =>
    {
        var message = pipeline.CreateMessage();
        try
        {
            message.Request.Method = request.Method;
            message.Request.Uri.Reset(new Uri(request.Address));
            foreach (var (name, value) in request.Headers)
                message.Request.Headers.SetValue(name, value);
            if (request.Body is { } body)
                message.Request.Content = RequestContent.Create(body);
            await pipeline.SendAsync(message, token);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }, cancel);
}
