using Microsoft.Extensions.Logging;
using Serverless.Core.Doorbells;
using Serverless.Orchestrations.Loops;

namespace Serverless.Orchestrations.Triggers;

/// <summary>Answers the rings of data that landed, until the host goes down. One that cannot be answered comes again, and is put aside in the end; the sweep finds its data all the same.</summary>
public sealed partial class TriggerLoop(IDoorbell doorbell, TriggerDispatch dispatch, LoopOptions options, TimeProvider clock, ILogger<TriggerLoop> log)
{
    /// <summary>Runs until it is broken off.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (await doorbell.TakeAsync(Queues.Landings, options.LandingHidden, options.LandingWait, cancel) is { } ring)
                    await AnswerAsync(ring, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e);
                await Task.Delay(options.LandingRetry, clock, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task AnswerAsync(Ring ring, CancellationToken cancel)
    {
        try
        {
            await dispatch.HandleAsync(ring.Id, cancel);
            await doorbell.CompleteAsync(ring, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnanswered(ring.Id, ring.Deliveries, e);
            await doorbell.ReturnAsync(ring, options.LandingRetry, e.Message, cancel);
        }
    }
}
