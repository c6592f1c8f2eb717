using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Documents.Rows;

/// <summary>A write broken off between any two of its steps: the old document or the new one is there, it is found by what it says and by nothing else, and leftovers go.</summary>
public sealed class RowDocumentStoreFaultTests
{
    private static readonly DocumentKey Key = new("job", "job-1");
    private readonly ManualTime clock = new();
    private readonly MemoryRowStore rows = new();
    private readonly RowDocumentStore store;

    public RowDocumentStoreFaultTests() => store = new RowDocumentStore(rows, new TimeOrderedIds(TimeProvider.System), clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Put_BrokenOffAtAStep_IsOldOrNewAndFoundByThatAlone(int step, bool isNew)
    {
        await PutAsync("old name", "Running");
        BreakAt(step);
        if (isNew)
            await PutAsync("new title", "Failed");
        else
            await UnavailableAsync(() => PutAsync("new title", "Failed"));
        rows.BeforeApply = null;

        var (name, status, gone, goneStatus) = isNew ? ("new title", "Failed", "old name", "Running") : ("old name", "Running", "new title", "Failed");
        Assert.Equal(name, (await store.GetAsync(Key, Cancel))!.Body.Name);
        Assert.Single(await FindAsync(name, status));
        Assert.Single(await FindAsync(null, status));
        Assert.Empty(await FindAsync(gone, null));
        Assert.Empty(await FindAsync(null, goneStatus));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Delete_BrokenOffAtAStep_IsThereOrGone(int step, bool there)
    {
        await PutAsync("name", "Running");
        BreakAt(step);
        if (there)
            await UnavailableAsync(() => store.DeleteAsync(Key, DocumentCondition.Always, Cancel));
        else
            Assert.True(await store.DeleteAsync(Key, DocumentCondition.Always, Cancel));
        rows.BeforeApply = null;
        Assert.Equal(there ? 1 : 0, (await FindAsync("name", "Running")).Count);
        Assert.Equal(there ? 1 : 0, (await FindAsync(null, null)).Count);
    }

    [Fact]
    public async Task Query_LeftoversOfADay_AreRemoved()
    {
        await PutAsync("name", "Running");
        BreakAt(2);
        await store.DeleteAsync(Key, DocumentCondition.Always, Cancel);
        rows.BeforeApply = null;
        Assert.NotEmpty(rows.Keys("job.i"));

        await FindAsync(null, null);
        Assert.Contains(rows.Keys("job.i"), key => key.StartsWith("n!", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromHours(25));
        await FindAsync(null, null);
        Assert.DoesNotContain(rows.Keys("job.i"), key => key.StartsWith("n!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_AnswerLostAndSentAgain_IsDone()
    {
        rows.AfterApply = (partition, done) =>
        {
            if (partition.EndsWith(".i", StringComparison.Ordinal))
                return Task.FromResult(done);
            rows.AfterApply = null;
            return Task.FromResult(false);
        };
        var put = await store.PutAsync(Key, Body("name", "Running"), DocumentCondition.Absent, Cancel);
        Assert.NotNull(put);
        Assert.Equal(put.ETag, (await store.GetAsync(Key, Cancel))!.ETag);
        Assert.Single(await FindAsync("name", "Running"));
    }

    [Fact]
    public async Task Put_OthersTidyLate_RemovesNothingOfANewerWrite()
    {
        await PutAsync("name", "Running");
        var late = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        var steps = 0;
        rows.BeforeApply = async _ =>
        {
            if (++steps != 3)
                return;
            reached.SetResult();
            await late.Task;
        };
        var slow = PutAsync("name", "Failed");
        await reached.Task.WaitAsync(Eventually.Patience, TimeProvider.System, Cancel);
        await PutAsync("name", "Running");
        late.SetResult();
        await slow;
        Assert.Single(await FindAsync(null, "Running"));
        Assert.Empty(await FindAsync(null, "Failed"));
    }

    [Fact]
    public async Task Get_BodyReplacedBetweenHeadAndParts_IsWholeOldOrNew()
    {
        string Big(char c) => '"' + new string(c, 900_000) + '"';
        await store.PutAsync(Key, new DocumentBody(Big('a'), "", new Dictionary<string, string>()), DocumentCondition.Always, Cancel);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await store.PutAsync(Key, new DocumentBody(Big((char)('b' + i)), "", new Dictionary<string, string>()), DocumentCondition.Always, Cancel);
        }, Cancel);
        while (!writing.IsCompleted)
            Assert.Equal(2, (await store.GetAsync(Key, Cancel))!.Body.Json.Distinct().Count());
        await writing;
    }

    [Fact]
    public async Task Query_ClockSetBack_KeepsTheOrderOfCreation()
    {
        foreach (var id in new[] { "1", "2", "3" })
        {
            await store.PutAsync(new DocumentKey("job", id), Body("n", "x"), DocumentCondition.Absent, Cancel);
            clock.SetWallClock(TimeSpan.FromHours(-1));
        }

        Assert.Equal(["3", "2", "1"], (await FindAsync(null, null)).Select(document => document.Key.Id));
    }

    private static DocumentBody Body(string name, string status) => new("{}", name, new Dictionary<string, string> { ["status"] = status });

    private static async Task UnavailableAsync(Func<Task> act) => Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(act)).Code);

    private Task<StoredDocument?> PutAsync(string name, string status) => store.PutAsync(Key, Body(name, status), DocumentCondition.Always, Cancel);

    /// <summary>The change with this number, and all behind it, fail.</summary>
    private void BreakAt(int step)
    {
        var steps = 0;
        rows.BeforeApply = _ => ++steps >= step
            ? throw new ServerlessException(ProblemCodes.Unavailable, "The store does not answer.", retryable: true)
            : Task.CompletedTask;
    }

    private async Task<IReadOnlyList<StoredDocument>> FindAsync(string? part, string? status)
    {
        var where = status is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["status"] = status };
        return (await store.QueryAsync(new DocumentQuery("job") { Contains = part, Where = where }, Cancel)).Documents;
    }
}
