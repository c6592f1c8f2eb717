using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Functions;

/// <summary>Says that the worker process is alive. The routes of <c>Serverless.Api</c> come with the Azure edition.</summary>
public sealed class LiveFunction
{
    /// <summary>200 while the process runs.</summary>
    /// <param name="request">Not looked at.</param>
    [Function("live")]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) => new OkResult();
}
