using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Api.Pipeline;
using Serverless.Client;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Doorbells;
using Serverless.Core.Ids;
using Serverless.Infra.Local.Compute;
using Serverless.Local.Logs;
using Serverless.Local.Options;
using Serverless.Local.Running;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Benchmarks.Scale.Measuring;

/// <summary>
/// The local host as it is composed for people, in this process, with its ports counted; its documents lie on rows as they do in Azure, its nodes are the real agents.
/// </summary>
internal sealed class CountedHost : IAsyncDisposable
{
    private readonly TempFolder temp = new();
    private readonly WebApplication app;

    private CountedHost(WebApplication app, CallCounts counts, TempFolder temp, Uri url, string key)
    {
        this.app = app;
        this.temp = temp;
        Counts = counts;
        Client = new ServerlessClient(url, key);
        Workflows = Path.Combine(temp.Path, "workflows.db");
    }

    /// <summary>What was called.</summary>
    public CallCounts Counts { get; }

    /// <summary>Speaks to it as a person's program does.</summary>
    public ServerlessClient Client { get; }

    /// <summary>The database of the workflow engine.</summary>
    public string Workflows { get; }

    /// <summary>Starts it.</summary>
    public static async Task<CountedHost> StartAsync(TimeSpan nodeIdle)
    {
        var (temp, counts) = (new TempFolder(), new CallCounts());
        var folder = new DataFolder(temp.Path);
        folder.Make();
        var options = new LocalOptions { DataFolder = temp.Path, Url = new Uri("http://127.0.0.1:0"), NodeIdle = nodeIdle, EndpointIdle = TimeSpan.FromSeconds(2), Agent = Built.Program("Serverless.Agent"), Algorithms = Built.Program("Serverless.Algorithms") };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Path.Combine(temp.Path, "run") });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        Composition.Add(builder.Services, options, folder, new LineLog(TextWriter.Null, TimeProvider.System));
        builder.Services.AddSingleton<IDocumentStore>(host => new CountedDocuments(
            new RowDocumentStore(new CountedRows(new MemoryRowStore(), counts), host.GetRequiredService<IIdSource>(), TimeProvider.System), counts)); // as in Azure, where a table is beneath
        Wrap<IArtifactStore>(builder.Services, inner => new CountedArtifacts(inner, counts));
        Wrap<IDoorbell>(builder.Services, inner => new CountedDoorbell(inner, counts));
        var app = builder.Build();
        var pipeline = app.Services.GetRequiredService<ApiPipeline>();
        app.Run(context =>
        {
            counts.Add(Kind(context.Request.Path));
            return pipeline.RunAsync(context);
        });
        await app.StartAsync();
        var url = new Uri(app.Urls.First());
        app.Services.GetRequiredService<HostAddress>().Set(url);
        return new CountedHost(app, counts, temp, url, Serverless.Client.Hosts.LocalHost.ReadKey(temp.Path) ?? throw new InvalidOperationException("The host wrote no key."));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        temp.Dispose();
    }

    private static string Kind(PathString path) => path.Value switch
    {
        { } value when value.EndsWith("/renew", StringComparison.Ordinal) => "http.renew",
        { } value when value.EndsWith("/claims", StringComparison.Ordinal) => "http.claim",
        { } value when value.StartsWith("/agent/", StringComparison.Ordinal) => "http.agent",
        { } value when value.Contains("/content/", StringComparison.Ordinal) || value.StartsWith("/artifacts/", StringComparison.Ordinal) => "http.content",
        _ => "http.person",
    };

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(host => wrap((T)(inner.ImplementationFactory?.Invoke(host) ?? inner.ImplementationInstance ?? ActivatorUtilities.CreateInstance(host, inner.ImplementationType!))));
    }
}
