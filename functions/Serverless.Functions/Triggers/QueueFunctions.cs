using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Api.Uploads;
using Serverless.Core.Doorbells;
using Serverless.Core.Hosting;
using Serverless.Functions.Durable;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Triggers;

namespace Serverless.Functions.Triggers;

/// <summary>Answers what rings. One that throws comes again, and is put among the dead messages of its queue in the end.</summary>
/// <param name="uploads">Takes uploads in.</param>
/// <param name="triggers">Starts the jobs of triggers.</param>
/// <param name="news">Wakes workflows.</param>
/// <param name="slot">Where the client of the hub is put.</param>
public sealed class QueueFunctions(UploadIntake uploads, TriggerDispatch triggers, JobNews news, DurableClientSlot slot)
{
    /// <summary>An event of Event Grid about a blob.</summary>
    [Function("on-upload")]
    public Task OnUpload([ServiceBusTrigger(Queues.Uploads, Connection = AzureSettings.ServiceBus)] byte[] message, CancellationToken cancel) =>
        uploads.AnswerAsync(message, cancel);

    /// <summary>A version of a data set landed.</summary>
    [Function("on-landing")]
    public Task OnLanding([ServiceBusTrigger(Queues.Landings, Connection = AzureSettings.ServiceBus)] string ring, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        slot.Put(client);
        return triggers.HandleAsync(ring, cancel);
    }

    /// <summary>There is news of a job; one job's comes in order.</summary>
    [Function("on-job-event")]
    public Task OnJobEvent(
        [ServiceBusTrigger(Queues.JobEvents, Connection = AzureSettings.ServiceBus, IsSessionsEnabled = true)] string ring, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        slot.Put(client);
        return news.AnswerAsync(ring, cancel);
    }
}
