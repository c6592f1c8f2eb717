using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Core.Workflows;
using Serverless.Durable;
using Serverless.Durable.Options;

namespace Serverless.DurableVictim;

/// <summary>A workflow whose activity kills its process each time it starts, and one beside it that waits for its end.</summary>
internal static class Fatal
{
    private static readonly WorkflowName<int, int> Main = new("fatal");
    private static readonly WorkflowName<int, int> Bystander = new("bystander");
    private static readonly ActivityName<int, int> Kill = new("fatal");

    public static async Task RunAsync(string folder, int maxStarts)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new WorkflowCatalog(new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = FlowJson.Default })
            .Add(Main, () => new Calls())
            .Add(Bystander, () => new Waits())
            .Add(Kill, _ => new Kills(Path.Combine(folder, "starts"))));
        services.AddDurableWorkflows(new DurableOptions { Path = Path.Combine(folder, "workflows.db"), MaxStarts = maxStarts });
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IWorkflowClient>();
        await client.StartAsync(Bystander, "bystander", 1, CancellationToken.None);
        await client.StartAsync(Main, "victim", 1, CancellationToken.None);
        var worker = provider.GetRequiredService<IHostedService>();
        await worker.StartAsync(CancellationToken.None);
        if (await client.WaitAsync("victim", TimeSpan.FromSeconds(60), CancellationToken.None) is null)
            throw new TimeoutException("The workflow did not end.");
        await client.RaiseAsync("bystander", "go", 1, CancellationToken.None);
        if (await client.WaitAsync("bystander", TimeSpan.FromSeconds(60), CancellationToken.None) is null)
            throw new TimeoutException("The workflow beside it did not end.");
        await worker.StopAsync(CancellationToken.None);
    }

    private sealed class Calls : IWorkflow<int, int>
    {
        public Task<int> RunAsync(IWorkflowContext context, int input) => context.CallAsync(Kill, input, new RetryPolicy { MaxAttempts = 5, First = TimeSpan.Zero });
    }

    private sealed class Waits : IWorkflow<int, int>
    {
        public async Task<int> RunAsync(IWorkflowContext context, int input) => input + await context.WaitForEventAsync<int>("go");
    }

    private sealed class Kills(string starts) : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityCall call, int input, CancellationToken cancel)
        {
            File.AppendAllText(starts, "x");
            using var self = Process.GetCurrentProcess();
            self.Kill(); // SIGKILL: nothing of this process runs after it
            Thread.CurrentThread.Join();
            return Task.FromResult(input);
        }
    }
}
