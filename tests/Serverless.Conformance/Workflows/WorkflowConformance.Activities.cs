using System.Collections.Concurrent;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;

namespace Serverless.Conformance.Workflows;

public abstract partial class WorkflowConformance
{
    private static readonly RetryPolicy Quick = new() { MaxAttempts = 4, First = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task Activities_OneAfterAnother_ResultsComeBack()
    {
        var twice = Script.Activity<int, int>("twice", x => 2 * x);
        var workflow = Script.Workflow<int, int>("chain", async (context, x) =>
        {
            for (var i = 0; i < 5; i++)
                x = await context.CallAsync(twice, x);
            return x;
        });
        AssertOutput("96", await RunAsync(workflow, 3));
    }

    [Fact]
    public async Task Activities_AllAtOnce_ResultsComeInTheOrderOfTheCalls()
    {
        var square = Script.Activity<int, int>("square", x => x * x);
        var workflow = Script.Workflow<int, int[]>("fan", (context, n) =>
            Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallAsync(square, i))));
        AssertOutput($"[{string.Join(",", Enumerable.Range(0, 100).Select(i => i * i))}]", await RunAsync(workflow, 100));
    }

    [Fact]
    public async Task Activity_FailsTwice_IsTriedAgainWithTheSameSequence()
    {
        var calls = new ConcurrentQueue<ActivityCall>();
        var flaky = Script.Activity<string, string>("flaky", (call, input, _) =>
        {
            calls.Enqueue(call);
            return call.Attempt < 3 ? throw new IOException("not yet") : Task.FromResult(input + "!");
        });
        var workflow = Script.Workflow<string, string>("retry", (context, input) => context.CallAsync(flaky, input, Quick));

        AssertOutput("\"hey!\"", await RunAsync(workflow, "hey"));
        Assert.Equal([1, 2, 3], calls.Select(call => call.Attempt));
        Assert.Single(calls.Select(call => (call.InstanceId, call.Sequence)).Distinct());
    }

    [Fact]
    public async Task Activity_FailsAlways_FailureReachesTheWorkflowAfterTheLastAttempt()
    {
        var attempts = 0;
        var broken = Script.Activity<int, int>("broken", _ =>
        {
            Interlocked.Increment(ref attempts);
            throw new ServerlessException(ProblemCodes.Unavailable, "the store is down", "wait", retryable: true);
        });
        var workflow = Script.Workflow<int, string>("caught", async (context, x) =>
        {
            try
            {
                await context.CallAsync(broken, x, Quick);
                return "no failure";
            }
            catch (ActivityFailedException error)
            {
                return $"{error.Name} {error.Failure.Code} {error.Failure.Message} {error.Failure.Cure} {error.Failure.Retryable}";
            }
        });

        AssertOutput("\"broken unavailable the store is down wait True\"", await RunAsync(workflow, 1));
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task Activity_SaysThatNoRetryHelps_IsTriedOnce()
    {
        var attempts = 0;
        var refused = Script.Activity<int, int>("refused", _ =>
        {
            Interlocked.Increment(ref attempts);
            throw new ServerlessException(ProblemCodes.Conflict, "taken", "choose another");
        });
        var workflow = Script.Workflow<int, int>("refusal", (context, x) => context.CallAsync(refused, x, Quick));

        var state = await RunAsync(workflow, 1);
        Assert.Equal(WorkflowStatus.Failed, state.Status);
        Assert.Equal(new WorkflowFailure(ProblemCodes.Conflict, "taken", "choose another", false), state.Failure);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Activity_WithoutPolicyThrowsAnotherException_FailureNamesItsType()
    {
        var broken = Script.Activity<int, int>("broken", _ => throw new IOException("disk on fire"));
        var state = await RunAsync(Script.Workflow<int, int>("plain", (context, x) => context.CallAsync(broken, x)), 1);
        Assert.Equal((WorkflowStatus.Failed, nameof(IOException), "disk on fire"), (state.Status, state.Failure!.Code, state.Failure.Message));
    }

    [Fact]
    public async Task Activity_NotInTheCatalogue_FailsClearly()
    {
        var missing = new ActivityName<int, int>("missing");
        var state = await RunAsync(Script.Workflow<int, int>("hopeful", (context, x) => context.CallAsync(missing, x, Quick)), 1);
        Assert.Equal((WorkflowStatus.Failed, "unknown_activity"), (state.Status, state.Failure!.Code));
        Assert.Contains("'missing'", state.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_InputOverTheLimit_FailsWithSizeLimitAndCure()
    {
        var take = Script.Activity<string, int>("take", text => text.Length);
        var state = await RunAsync(Script.Workflow<int, int>("large", (context, n) => context.CallAsync(take, new string('x', n))), 300_000);
        Assert.Equal((WorkflowStatus.Failed, ProblemCodes.Invalid), (state.Status, state.Failure!.Code));
        Assert.Contains("262,144", state.Failure.Message, StringComparison.Ordinal);
        Assert.NotNull(state.Failure.Cure);
    }

    [Fact]
    public async Task Calls_RunAgainAtEveryStep_ClockIsTheSameOnEveryReplay()
    {
        var seen = new ConcurrentQueue<(int Step, DateTimeOffset At, bool Replaying)>();
        var step = Script.Activity<int, int>("step", x => x + 1);
        var workflow = Script.Workflow<int, int>("clocked", async (context, x) =>
        {
            for (var i = 0; i < 4; i++)
            {
                seen.Enqueue((i, context.UtcNow, context.IsReplaying));
                x = await context.CallAsync(step, x);
            }

            return x;
        });
        AssertOutput("4", await RunAsync(workflow, 0));
        Assert.All(seen.GroupBy(one => one.Step), group => Assert.Single(group.Select(one => one.At).Distinct()));
        Assert.All(seen.GroupBy(one => one.Step), group => Assert.Single(group, one => !one.Replaying));
    }
}
