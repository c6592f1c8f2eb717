using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Functions.Tests.Api;
using Serverless.Orchestrations.Jobs;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Jobs;

/// <summary>News of jobs by the queue of job events.</summary>
public sealed class JobNewsTests
{
    private readonly RecordedWorkflows workflows = new();
    private readonly MemoryDoorbell doorbell = new();
    private readonly JobNews news;

    public JobNewsTests() => news = new JobNews(workflows, doorbell, new JobNewsOptions { ByDoorbell = true });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task News_ByTheDoorbell_IsRungInTheJobsOrderAndAnswered()
    {
        var before = new JobRecord { Id = "job-01", Name = "one", Spec = new JobSpec { Program = new ProgramSpec { Algorithm = "logistic-regression" } }, Source = "api", CreatedAt = DateTimeOffset.UnixEpoch };
        await news.TellAsync(before, before with { Epoch = 1 }, Cancel);
        await news.TellAsync(before, before, Cancel);
        Assert.Empty(workflows.Raised);

        var ring = await doorbell.TakeAsync(Queues.JobEvents, TimeSpan.FromMinutes(1), TimeSpan.Zero, Cancel);
        Assert.Equal("job-01/1/claimed", ring?.Id);
        await news.AnswerAsync(ring!.Id, Cancel);
        Assert.Equal([("job-01", JobEvents.Changed)], workflows.Raised);
        await doorbell.CompleteAsync(ring, Cancel);
        Assert.Null(await doorbell.TakeAsync(Queues.JobEvents, TimeSpan.FromMinutes(1), TimeSpan.Zero, Cancel));
    }

    [Fact]
    public async Task Ring_OfAJob_WakesItsWorkflow()
    {
        await news.AnswerAsync("job-01/3/exited", Cancel);
        await news.AnswerAsync("job-01/3/exited", Cancel);
        Assert.Equal([("job-01", JobEvents.Changed), ("job-01", JobEvents.Changed)], workflows.Raised);
    }

    [Theory]
    [InlineData("")]
    [InlineData("job-01")]
    [InlineData("job-01/x/exited")]
    [InlineData("job-01/-1/exited")]
    [InlineData("/1/exited")]
    [InlineData("job-01/1/")]
    [InlineData("job-01/1/a/b")]
    [InlineData("job-01/1/0123456789012345678901234567890123456789x")]
    public async Task Ring_NoneOfOurs_IsRefusedForGood(string ring)
    {
        var error = await Assert.ThrowsAsync<ServerlessException>(() => news.AnswerAsync(ring, Cancel));
        Assert.Equal((ProblemCodes.Invalid, false), (error.Code, error.Retryable));
        Assert.Empty(workflows.Raised);
    }
}
