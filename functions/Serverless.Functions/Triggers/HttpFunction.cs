using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Api.Pipeline;
using Serverless.Functions.Durable;

namespace Serverless.Functions.Triggers;

/// <summary>Every HTTP request goes to the route table, which decides who is let in (hence anonymous here). The host's own paths, <c>/admin</c> and <c>/runtime</c>, do not come by here.</summary>
/// <param name="pipeline">The way of every call.</param>
/// <param name="slot">Where the client of the hub is put.</param>
public sealed class HttpFunction(ApiPipeline pipeline, DurableClientSlot slot)
{
    /// <summary>Answers a request. What the pipeline wrote is the answer.</summary>
    [Function("http")]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        slot.Put(client);
        await pipeline.RunAsync(request.HttpContext);
        return new EmptyResult();
    }
}
