using Microsoft.Extensions.Logging;
using Serverless.Orchestrations.Loops;
using Serverless.Orchestrations.Triggers;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Sweeps at once and then again and again, until the host goes down. A sweep that fails is told and tried again: nothing of it is lost.</summary>
public sealed partial class SweepLoop(TriggerSweep triggers, Reaper reaper, LoopOptions options, TimeProvider clock, ILogger<SweepLoop> log)
{
    /// <summary>Runs until it is broken off.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await SweepAsync("triggers", triggers.RunAsync, cancel);
            await SweepAsync("jobs and nodes", reaper.RunAsync, cancel);
            try
            {
                await Task.Delay(options.Sweep, clock, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task SweepAsync(string what, Func<CancellationToken, Task> sweep, CancellationToken cancel)
    {
        try
        {
            await sweep(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            LogFailed(what, e);
        }
    }
}
