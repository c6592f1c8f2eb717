using FsCheck;
using FsCheck.Fluent;
using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>Whatever arrives, in whatever order and however often: a replay up to any point goes on exactly as the run did that was never interrupted.</summary>
public sealed class MachineProperties
{
    [Fact]
    public void Replay_FromAnyPoint_GoesOnAsTheUninterruptedRun() => Prop.ForAll(Arrivals().ToArbitrary(), codes =>
    {
        ArrivedEvent[] arrivals = [MachineDriver.Begin("mixed"), .. codes.Select(Arrival)];
        var whole = new MachineDriver(Catalog()).Run(arrivals);
        for (var cut = 1; cut < whole.History.Count; cut++)
        {
            if (whole.History[cut] is not ArrivedEvent)
                continue;
            var rest = new MachineDriver(Catalog()).Replay([.. whole.History.Take(cut)]).Run([.. whole.History.Skip(cut).OfType<ArrivedEvent>()]);
            Assert.Equal(MachineDriver.Lines(whole.History.Skip(cut)), MachineDriver.Lines(rest.History));
            Assert.Equal(whole.Ending?.ToString(), rest.Ending?.ToString());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101, 1));

    private static Gen<int[]> Arrivals() => Gen.Choose(0, 39).ArrayOf(24);

    /// <summary>Calls 1 to 10; completed, failed, fired, or an event.</summary>
    private static ArrivedEvent Arrival(int code, int at) => (code % 4) switch
    {
        0 => new ActivityCompleted { At = MachineDriver.At(at), Call = 1 + (code / 4), Output = $"{code}" },
        1 => new ActivityFailed { At = MachineDriver.At(at), Call = 1 + (code / 4), Attempt = 1 + (code / 4 % 2), Failure = new WorkflowFailure("IOException", "no", null, true) },
        2 => new TimerFired { At = MachineDriver.At(at), Call = 1 + (code / 4) },
        _ => new EventCame { At = MachineDriver.At(at), Name = code / 4 % 2 == 0 ? "go" : "GO", Payload = $"{code}" },
    };

    private static WorkflowCatalog Catalog()
    {
        var script = new Script();
        var work = new ActivityName<int, int>("work");
        script.Workflow<int, string>("mixed", async (context, x) =>
        {
            var retry = new RetryPolicy { MaxAttempts = 2 };
            var calls = Enumerable.Range(0, 3).Select(i => context.CallAsync(work, i, retry)).ToList();
            var (came, payload) = await context.WaitForEventAsync<int>("go", TimeSpan.FromSeconds(5));
            var log = $"{came} {payload}";
            while (calls.Count > 0)
            {
                var first = await Task.WhenAny(calls);
                calls.Remove(first);
                log += first.IsCompletedSuccessfully ? $" {await first}" : " failed";
            }

            log += $" {await context.CallAsync(work, log.Length, retry)}";
            await context.TimerAsync(TimeSpan.FromSeconds(1));
            return $"{log} {await context.WaitForEventAsync<int>("go")}";
        });
        return script.Catalog;
    }
}
