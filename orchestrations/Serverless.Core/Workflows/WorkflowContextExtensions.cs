namespace Serverless.Core.Workflows;

/// <summary>What is made of a context's own calls, the same on every engine.</summary>
public static class WorkflowContextExtensions
{
    /// <summary>Completes after a time.</summary>
    public static Task TimerAsync(this IWorkflowContext context, TimeSpan delay, CancellationToken cancel = default) =>
        context.TimerAsync(context.UtcNow + delay, cancel);

    /// <summary>The next event of a name, or nothing when none came within the time. When both are there, the event wins.</summary>
    public static async Task<(bool Came, T? Payload)> WaitForEventAsync<T>(this IWorkflowContext context, string name, TimeSpan timeout)
    {
        using var withdraw = new CancellationTokenSource();
        var next = context.WaitForEventAsync<T>(name, withdraw.Token);
        if (next.IsCompletedSuccessfully)
            return (true, await next);
        var timer = context.TimerAsync(timeout, withdraw.Token);
        await Task.WhenAny(next, timer);
        var came = next.IsCompletedSuccessfully;
        withdraw.Cancel(); // not CancelAsync: its callbacks would run outside the turn
        return came ? (true, await next) : (false, default);
    }
}
