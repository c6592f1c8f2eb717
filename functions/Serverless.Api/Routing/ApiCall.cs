using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Serverless.Api.Access.Callers;

namespace Serverless.Api.Routing;

/// <summary>A call that was matched and let in, as a handler sees it.</summary>
public sealed class ApiCall
{
    private readonly IReadOnlyDictionary<string, string> values;

    internal ApiCall(HttpContext http, RouteMatch.Found match, Caller caller)
    {
        Http = http;
        Route = match.Route;
        values = match.Values;
        Caller = caller;
    }

    /// <summary>Request and answer.</summary>
    public HttpContext Http { get; }

    /// <summary>The row of the table.</summary>
    public Route Route { get; }

    /// <summary>Who calls.</summary>
    public Caller Caller { get; }

    /// <summary>The value of a parameter of the template, decoded.</summary>
    public string this[string name] => values[name];

    /// <summary>Reads the JSON body whole.</summary>
    /// <exception cref="Core.Failures.ServerlessException"><c>invalid_input</c> with the place of the error, <c>unsupported_media_type</c>.</exception>
    internal Task<T> ReadAsync<T>(JsonTypeInfo<T> json, CancellationToken cancel)
        where T : class => JsonBody.ReadAsync(Http.Request, json, cancel);

    /// <summary>Answers with JSON.</summary>
    internal async Task WriteAsync<T>(T value, JsonTypeInfo<T> json, CancellationToken cancel, int status = StatusCodes.Status200OK)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json);
        Http.Response.StatusCode = status;
        Http.Response.ContentType = "application/json";
        Http.Response.Headers.CacheControl = "no-store";
        Http.Response.ContentLength = body.Length;
        await Http.Response.Body.WriteAsync(body, cancel);
    }

    /// <summary>Answers without a body.</summary>
    internal Task EmptyAsync(int status = StatusCodes.Status204NoContent)
    {
        Http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
