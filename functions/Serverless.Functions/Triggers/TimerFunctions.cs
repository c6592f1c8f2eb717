using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Api.Uploads;
using Serverless.Functions.Durable;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Triggers;

namespace Serverless.Functions.Triggers;

/// <summary>
/// What runs by the clock. Each sweep looks at what is there and may run any number of times; a late one only delays what no message told of.
/// The app wakes for each of them, so they are as rare as that delay allows.
/// </summary>
/// <param name="uploads">Finds uploads whose event was lost.</param>
/// <param name="triggers">Finds data whose ring was lost.</param>
/// <param name="reaper">Frees machines, restarts or ends what is stuck, forgets old histories.</param>
/// <param name="slot">Where the client of the hub is put.</param>
public sealed class TimerFunctions(UploadSweep uploads, TriggerSweep triggers, Reaper reaper, DurableClientSlot slot)
{
    /// <summary>Every ten minutes: uploads and firings that no message told of.</summary>
    [Function("sweep-data")]
    public async Task SweepData([TimerTrigger("0 3/10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        slot.Put(client);
        await uploads.RunAsync(cancel);
        await triggers.RunAsync(cancel);
    }

    /// <summary>Every two minutes: jobs, deployments, nodes, machines, histories. A machine that nobody needs costs money until then.</summary>
    [Function("reaper")]
    public Task Reap([TimerTrigger("0 1/2 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        slot.Put(client);
        return reaper.RunAsync(cancel);
    }
}
