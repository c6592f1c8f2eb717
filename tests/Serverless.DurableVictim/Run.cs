using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Core.Workflows;
using Serverless.Durable;
using Serverless.Durable.Options;

namespace Serverless.DurableVictim;

/// <summary>One run of the workflow in one folder, from wherever it stands to its end.</summary>
internal static class Run
{
    private const string Id = "victim";

    public static async Task ToTheEndAsync(string folder, int killAt)
    {
        Directory.CreateDirectory(folder);
        var boundary = 0;
        var services = new ServiceCollection();
        services.AddSingleton(new Effects(Path.Combine(folder, "effects"), Boundary));
        services.AddSingleton(Flow.Catalog());
        services.AddDurableWorkflows(new DurableOptions { Path = Path.Combine(folder, "workflows.db"), MaxTurns = 2, MaxActivities = 4, Probe = _ => Boundary() });
        await using var provider = services.BuildServiceProvider();
        var worker = provider.GetRequiredService<IHostedService>();
        await worker.StartAsync(CancellationToken.None);
        var client = provider.GetRequiredService<IWorkflowClient>();

        // A process that begins cannot know what the one before it has sent: it sends all of it again.
        if (await client.FindAsync(Id, CancellationToken.None) is null)
            await client.RaiseAsync(Id, "early", 1_000, CancellationToken.None);
        await client.StartAsync(Flow.Main, Id, new FlowInput(1, []), CancellationToken.None);
        await client.RaiseAsync(Id, "go", 100, CancellationToken.None);
        if (await client.WaitAsync(Id, TimeSpan.FromSeconds(60), CancellationToken.None) is null)
            throw new TimeoutException($"The run in '{folder}' did not end.");
        await worker.StopAsync(CancellationToken.None);

        void Boundary()
        {
            if (Interlocked.Increment(ref boundary) != killAt)
                return;
            using var self = Process.GetCurrentProcess();
            self.Kill(); // SIGKILL: nothing of this process runs after it
            Thread.CurrentThread.Join();
        }
    }
}
