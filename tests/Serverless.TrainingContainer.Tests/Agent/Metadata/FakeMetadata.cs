using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Serverless.TrainingContainer.Tests.Agent.Metadata;

/// <summary>An Azure machine's metadata service on loopback: who the machine is, what will happen to it, its identity's tokens. It refuses calls without its header, as the real one does.</summary>
internal sealed class FakeMetadata : IAsyncDisposable
{
    public const string VmId = "02aab8a4-74ef-476e-8182-f6d2ba4166a6";

    private readonly WebApplication app;

    private FakeMetadata(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>The document of scheduled events.</summary>
    public string Events { get; set; } = Document();

    /// <summary>The token that is given, and when it ends.</summary>
    public string Token { get; set; } = "identity-token-1";

    public DateTimeOffset TokenEnds { get; set; } = TimeProvider.System.GetUtcNow().AddHours(24);

    /// <summary>What becomes of a call: the status that is answered instead; 0: the right answer; negative: none ever.</summary>
    public Func<string, int> Faults { get; set; } = _ => 0;

    /// <summary>Every request, as <c>METHOD path?query</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The bodies of acknowledgements.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = [];

    public static async Task<FakeMetadata> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var metadata = new FakeMetadata(app);
        app.Run(metadata.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return metadata;
    }

    /// <summary>A document of scheduled events as Azure writes it.</summary>
    public static string Document(string? kind = null, string machine = "sl-test_3", string notBefore = "", string id = "C7061BAC-AFDC-4513-B24B-AA5F13A16123") => kind is null
        ? """{"DocumentIncarnation":1,"Events":[]}"""
        : $$"""{"DocumentIncarnation":2,"Events":[{"EventId":"{{id}}","EventStatus":"Scheduled","EventType":"{{kind}}","ResourceType":"VirtualMachine","Resources":["{{machine}}"],"NotBefore":"{{notBefore}}","Description":"","EventSource":"Platform","DurationInSeconds":-1}]}""";

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Requests.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
        var fault = Faults(path);
        if (fault < 0)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var version = context.Request.Query["api-version"].ToString();
        context.Response.StatusCode = fault > 0 ? fault : context.Request.Headers["Metadata"] != "true" ? 400 : 200;
        if (context.Response.StatusCode != 200)
            return;
        var answer = (context.Request.Method, path, version) switch
        {
            ("GET", "/metadata/instance/compute", "2021-02-01") => $$"""{"vmId":"{{VmId}}","name":"sl-test_3","location":"westeurope"}""",
            ("GET", "/metadata/scheduledevents", "2020-07-01") => Events,
            ("POST", "/metadata/scheduledevents", "2020-07-01") => "",
            ("GET", "/metadata/identity/oauth2/token", "2018-02-01") => $$"""{"access_token":"{{Token}}","expires_on":"{{TokenEnds.ToUnixTimeSeconds()}}","resource":"api://x","token_type":"Bearer"}""",
            _ => null,
        };
        if (context.Request.Method == "POST")
            Acknowledged.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync());
        if (answer is null)
            context.Response.StatusCode = 404;
        else
            await context.Response.WriteAsync(answer);
    }
}
