using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Jobs;

/// <summary>A stop is what the record says; telling the workflow only makes it quick.</summary>
public sealed class JobStoppingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WhileTheBusIsDown_IsTakenAndHappens()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);

        Assert.True((await Stopping(bench, retryable: true).StopAsync(job.Id, Cancel)).StopRequested);
        var ended = await bench.EndOfAsync(job.Id, bench.Agent(JobReason.StopRequested));
        Assert.Equal((JobStatus.Stopped, JobReason.StopRequested), (ended.Status, ended.Reason));
    }

    /// <summary>What no retry mends is somebody's mistake, and is said.</summary>
    [Fact]
    public async Task Stop_WithoutAQueueForNews_SaysSo()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        Assert.False((await Assert.ThrowsAsync<ServerlessException>(() => Stopping(bench, retryable: false).StopAsync(job.Id, Cancel))).Retryable);
        Assert.True((await bench.JobAsync(job.Id)).StopRequested);
    }

    private static JobStopping Stopping(Bench bench, bool retryable) =>
        new(bench.Jobs, new JobNews(bench.Get<IWorkflowClient>(), new NoDoorbell(retryable), new JobNewsOptions { ByDoorbell = true }), bench.Clock, NullLogger<JobStopping>.Instance);

    private sealed class NoDoorbell(bool retryable) : IDoorbell
    {
        public Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel) => throw new ServerlessException(ProblemCodes.Unavailable, "The bus is down.", "Wait.", retryable);

        public Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> CompleteAsync(Ring ring, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel) => throw new NotSupportedException();
    }
}
