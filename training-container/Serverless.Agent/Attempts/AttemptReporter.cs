using Serverless.Agent.Leases;
using Serverless.Agent.Metrics;
using Serverless.Agent.Staging;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Attempts;

/// <summary>Reports the phase and the metrics. A report whose answer was lost is sent again with the same positions.</summary>
internal sealed class AttemptReporter(AttemptCalls calls, PointQueue points, Staged staged, DateTimeOffset startedAt, TimeSpan batch, TimeProvider clock)
{
    private bool announced;

    /// <summary>Says that the program runs, then reports points as they come.</summary>
    /// <param name="lookForPoints">Looks for them; returns whether there may be more at once.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(Func<bool> lookForPoints, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var more = lookForPoints();
            await FlushAsync(cancel);
            if (!more)
                await Task.Delay(batch, clock, cancel);
        }
    }

    /// <summary>Reports all points that there are, and the end.</summary>
    public async Task FinishAsync(AttemptExit exit, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        await calls.ReportAsync(Next(AttemptPhase.Exited) with { Exit = exit }, cancel);
    }

    /// <summary>Reports all points that there are.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        while (true)
        {
            var report = Next(AttemptPhase.Running);
            if (announced && report.Points.Count == 0)
                return;
            await calls.ReportAsync(report, cancel);
            announced = true;
            points.Remove(report.Points.Count);
        }
    }

    private AttemptReport Next(AttemptPhase phase)
    {
        var (first, waiting) = points.Peek(AgentProtocol.MaxPoints);
        return new AttemptReport
        {
            NodeId = calls.Node,
            Epoch = calls.Epoch,
            Phase = phase,
            FirstPoint = first,
            Points = waiting,
            Staging = announced ? null : staged.Report,
            Image = announced ? null : staged.Image?.Digest,
            StartedAt = announced ? null : startedAt,
        };
    }
}
