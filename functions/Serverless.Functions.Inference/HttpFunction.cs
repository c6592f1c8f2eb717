using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Serverless.Api.Pipeline;

namespace Serverless.Functions.Inference;

/// <summary>Every HTTP request goes to the route table of predictions, which decides who is let in (hence anonymous here).</summary>
/// <param name="pipeline">The way of every call.</param>
public sealed class HttpFunction(ApiPipeline pipeline)
{
    /// <summary>Answers a request. What the pipeline wrote is the answer.</summary>
    [Function("http")]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = "{*path}")] HttpRequest request)
    {
        await pipeline.RunAsync(request.HttpContext);
        return new EmptyResult();
    }
}
