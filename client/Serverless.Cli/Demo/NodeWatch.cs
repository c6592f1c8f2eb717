using Serverless.Client;
using Serverless.Client.Errors;

namespace Serverless.Cli.Demo;

/// <summary>Counts nodes in the background, and says when their number changes.</summary>
internal sealed class NodeWatch : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    public NodeWatch(ServerlessClient client, DemoSteps steps, TimeProvider clock) =>
        loop = Task.Run(() => LoopAsync(client, steps, clock));

    /// <summary>Most nodes seen at once.</summary>
    public int Peak { get; private set; }

    /// <summary>Nodes now, over all pools.</summary>
    public static async Task<int> CountAsync(ServerlessClient client, CancellationToken cancel) =>
        (await client.Compute.PoolsAsync(cancel: cancel)).Items.Sum(pool => pool.Nodes);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task LoopAsync(ServerlessClient client, DemoSteps steps, TimeProvider clock)
    {
        try
        {
            for (var before = 0; ; await Task.Delay(Poll, clock, stop.Token))
            {
                var now = await CountAsync(client, stop.Token);
                Peak = Math.Max(Peak, now);
                if (now != before)
                    steps.Say($"nodes {before} → {now}");
                before = now;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ServerlessApiException or HostUnreachableException)
        {
            // It only looks on: what is wrong with the host, the steps say.
        }
    }
}
