using Microsoft.AspNetCore.Http;
using Serverless.Api.Routing;

namespace Serverless.Api.OpenApi;

/// <summary>The description of the interface, made from the route table when it is first asked for, so that it costs nothing at the start.</summary>
/// <param name="table">The table.</param>
internal sealed class OpenApiReply(RouteTable table)
{
    private readonly Lazy<byte[]> document = new(() => OpenApiDocument.Write(table));

    /// <summary>Answers with it.</summary>
    public async Task WriteAsync(ApiCall call, CancellationToken cancel)
    {
        call.Http.Response.StatusCode = StatusCodes.Status200OK;
        call.Http.Response.ContentType = "application/json";
        call.Http.Response.ContentLength = document.Value.Length;
        await call.Http.Response.Body.WriteAsync(document.Value, cancel);
    }
}
