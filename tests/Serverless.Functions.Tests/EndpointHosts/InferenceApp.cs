using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Api;
using Serverless.Api.EndpointHosts;
using Serverless.Api.Pipeline;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Endpoints;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.EndpointHosts;

/// <summary>The routes of an inference app on a free loopback port, and a control app's side of them. Both share their documents.</summary>
internal sealed class InferenceApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServiceProvider control;

    private InferenceApp(WebApplication app, ServiceProvider control)
    {
        this.app = app;
        this.control = control;
    }

    public Uri Address => new(app.Urls.First());

    public IEndpointHost Host => control.GetRequiredService<IEndpointHost>();

    public IPredictor Predictor => control.GetRequiredService<IPredictor>();

    public LinkKey Key => control.GetRequiredService<LinkKey>();

    public static async Task<InferenceApp> StartAsync(IEndpointHost host, IPredictor predictor, TimeProvider? controlClock = null)
    {
        var documents = new MemoryDocumentStore();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddLogging().AddSingleton<IDocumentStore>(documents).AddSingleton<IArtifactStore>(new MemoryArtifactStore());
        builder.Services.AddSingleton(host).AddSingleton(predictor);
        builder.Services.AddInferenceApi(new ApiOptions { Keys = [] });
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<ApiPipeline>().RunAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var control = new ServiceCollection().AddSingleton(controlClock ?? TimeProvider.System).AddSingleton<IDocumentStore>(documents).AddRemoteInference(new Uri(app.Urls.First())).BuildServiceProvider();
        return new InferenceApp(app, control);
    }

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
