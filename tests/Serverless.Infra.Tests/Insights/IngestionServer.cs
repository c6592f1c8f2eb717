using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Serverless.Infra.Tests.Insights;

/// <summary>Application Insights' ingestion on a free loopback port: takes envelopes, one JSON a line.</summary>
internal sealed class IngestionServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private IngestionServer(WebApplication app) => this.app = app;

    public string Connection => $"InstrumentationKey=00000000-1111-2222-3333-444444444444;IngestionEndpoint={app.Urls.First()}/;LiveEndpoint={app.Urls.First()}/";

    public ConcurrentQueue<JsonElement> Envelopes { get; } = [];

    public ConcurrentQueue<string> Proofs { get; } = [];

    public static async Task<IngestionServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new IngestionServer(app);
        app.Run(server.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        Proofs.Enqueue(http.Request.Headers.Authorization.ToString());
        await using var body = http.Request.Headers.ContentEncoding == "gzip" ? (Stream)new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        using var reader = new StreamReader(body);
        var count = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
                continue;
            Envelopes.Enqueue(JsonDocument.Parse(line).RootElement.Clone());
            count++;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync($$"""{"itemsReceived":{{count}},"itemsAccepted":{{count}},"errors":[]}""");
    }
}
