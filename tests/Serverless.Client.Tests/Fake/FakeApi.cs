using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Client.Http;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Tests.Fake;

/// <summary>A host over real HTTP whose every answer the test decides; it keeps what it was asked.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    public const string Key = "test-key";

    private readonly WebApplication app;

    private FakeApi(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    public static async Task<FakeApi> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var api = new FakeApi(app);
        app.Use(api.KeepAsync);
        // The first route makes the list that later ones are added to.
        api.On("GET", "/", _ => Task.CompletedTask);
        await app.StartAsync(cancel);
        api.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return api;
    }

    /// <summary>Answers by code. Tests declare routes before the first request.</summary>
    public FakeApi On(string method, string template, RequestDelegate answer)
    {
        ((IEndpointRouteBuilder)app).MapMethods(template, [method], answer);
        return this;
    }

    /// <summary>Answers with a value.</summary>
    public FakeApi On<T>(string method, string template, T value, JsonTypeInfo<T> type, int status = 200) =>
        On(method, template, context => WriteAsync(context, value, type, status));

    /// <summary>Refuses.</summary>
    public FakeApi Refuse(string method, string template, int status, string code, string detail = "It went wrong.", string? cure = "Do it right.", params FieldError[] errors) =>
        On(method, template, context => RefuseAsync(context, status, code, detail, cure, errors));

    public static Task RefuseAsync(HttpContext context, int status, string code, string detail = "It went wrong.", string? cure = "Do it right.", params FieldError[] errors)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        var problem = new Problem { Title = "Problem", Status = status, Code = code, Detail = detail, Cure = cure, Errors = errors.Length > 0 ? errors : null };
        return context.Response.WriteAsync(JsonSerializer.Serialize(problem, ContractsJson.Default.Problem));
    }

    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(value, type));
    }

    /// <summary>A client with short waits between attempts.</summary>
    public ServerlessClient NewClient(string? key = Key) =>
        new(new ServerlessClientOptions { Address = Address, Key = key, FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20) });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Request.Body = new MemoryStream(body.ToArray());
        Requests.Enqueue(new FakeRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString.ToString(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        await next(context);
    }
}
