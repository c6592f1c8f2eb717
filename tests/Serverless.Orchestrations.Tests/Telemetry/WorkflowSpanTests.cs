using System.Collections.Concurrent;
using System.Diagnostics;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Telemetry;
using Serverless.Orchestrations.Telemetry;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Telemetry;

/// <summary>What workflows tell: of executions, never of replays. The only tests that listen within this process, one after another.</summary>
public sealed class WorkflowSpanTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Training_ReplayedAtEveryTurn_TellsEachStepOnceInTheTraceOfItsSubmission()
    {
        var (spans, listener) = Listen();
        using var _ = listener;
        await using var bench = new Bench();
        await bench.LandAsync();
        using var root = new Activity("test").SetParentId(Parent).Start();
        var submitted = await bench.SubmitAsync(Some.SpecWithModel("digits"));
        root.Stop();
        var job = await bench.EndOfAsync(submitted.Id, bench.Agent(JobReason.Completed, ("accuracy", 0.96)));
        await bench.RunDryAsync();

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(root.Id, job.TraceParent);
        string[] expected =
        [
            "deployment.check", "deployment.finish", "deployment.probe", "deployment.route", "deployment.verify", "job", "training.admit", "training.end", "training.gate", "training.register", "training.release", "workflow training",
        ];
        var told = spans.Where(span => span.TraceId == root.TraceId).ToList();
        Assert.Equal(expected, told.Select(span => span.DisplayName).Order(StringComparer.Ordinal));
        Assert.All(told, span => Assert.Equal(root.SpanId, span.ParentSpanId));
        Assert.Equal("digits@1", told.Single(span => span.DisplayName == "training.register").GetTagItem(TelemetryNames.Model));
    }

    [Fact]
    public async Task Training_ThatNobodyTraced_TellsNothing_AlsoWhenSomebodyListensNow()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var submitted = await bench.SubmitAsync(Some.SpecWithModel("digits"));
        var (spans, listener) = Listen();
        using var _ = listener;
        await bench.EndOfAsync(submitted.Id, bench.Agent(JobReason.Completed, ("accuracy", 0.96)));
        Assert.DoesNotContain(spans, span => Equals(span.GetTagItem(TelemetryNames.WorkflowId), submitted.Id) || Equals(span.GetTagItem(TelemetryNames.JobId), submitted.Id));
        Assert.DoesNotContain(bench.Engine.History(submitted.Id), line => line.Contains("traceParent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Step_ThatFails_IsMarkedWithItsKindAlone()
    {
        var (spans, listener) = Listen();
        using var _ = listener;
        await using var bench = new Bench();
        await bench.LandAsync();
        bench.Endpoints.BadToPrepare["digits@1"] = "secret words of a failure";
        using var root = new Activity("test").SetParentId(Parent[..^4] + "9-01").Start();
        var submitted = await bench.SubmitAsync(Some.SpecWithModel("digits"));
        root.Stop();
        await bench.EndOfAsync(submitted.Id, bench.Agent(JobReason.Completed, ("accuracy", 0.96)));
        var job = Assert.Single(spans, span => span.DisplayName == "job" && Equals(span.GetTagItem(TelemetryNames.JobId), submitted.Id));
        Assert.Equal((ActivityStatusCode.Error, null), (job.Status, job.StatusDescription));
        Assert.Equal("ModelInvalid", job.GetTagItem(TelemetryNames.Reason));
        Assert.All(spans, span => Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("secret words", StringComparison.Ordinal)));
    }

    [Fact]
    public void Off_AJobsEnd_AllocatesNothing()
    {
        var job = new JobRecord { Id = "job-1", Name = "job", Source = "api", CreatedAt = Some.Start, EndedAt = Some.Start, Status = JobStatus.Succeeded, TraceParent = Parent, Spec = Some.Spec() };
        JobTelemetry.JobEnded(job);
        JobTelemetry.WorkflowEnded(job, Some.Start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            JobTelemetry.JobEnded(job);
            JobTelemetry.WorkflowEnded(job, Some.Start);
            JobTelemetry.TriggerFired();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (ConcurrentQueue<Activity> Spans, ActivityListener Listener) Listen()
    {
        var spans = new ConcurrentQueue<Activity>();
        var listener = new ActivityListener
        {
            ShouldListenTo = source => TelemetryNames.All.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return (spans, listener);
    }
}
