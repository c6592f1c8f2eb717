using System.Net;
using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Infra.Azure.Documents;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Documents;

/// <summary>503, 403, cuts and lost answers between a document store and its table.</summary>
public sealed class TableFaultTests(Azurite azurite)
{
    private static readonly DocumentKey Key = new("job", "job-1");
    private readonly Faults faults = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ServerBusyOrCut_IsDoneAtALaterTry()
    {
        var store = await StoreAsync();
        faults.Answer(HttpStatusCode.ServiceUnavailable, 2, "ServerBusy").Cut();
        Assert.NotNull(await store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel));
        Assert.Equal(0, faults.Left);
    }

    [Fact]
    public async Task Put_ServerBusyForLong_IsUnavailableAndWorthARetry()
    {
        var store = await StoreAsync();
        faults.Answer(HttpStatusCode.ServiceUnavailable, 10, "ServerBusy");
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel));
        Assert.Equal((ProblemCodes.Unavailable, true), (failure.Code, failure.Retryable));
    }

    [Fact]
    public async Task Put_AnswerOfTheInsertLost_IsNoConflictWithItself()
    {
        var store = await StoreAsync();
        faults.On(request => request.Method == HttpMethod.Post && !request.RequestUri!.AbsoluteUri.EndsWith("$batch", StringComparison.Ordinal)).LoseAnswer();
        var put = await store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel);
        Assert.NotNull(put);
        Assert.Equal(0, faults.Left);
        Assert.Equal(put.ETag, (await store.GetAsync(Key, Cancel))!.ETag);
        Assert.Null(await store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel));
    }

    [Fact]
    public async Task Put_AnswerOfTheReplaceLost_IsNoConflictWithItself()
    {
        var store = await StoreAsync();
        var first = await store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel);
        faults.On(request => request.Method == HttpMethod.Put).LoseAnswer();
        var second = await store.PutAsync(Key, Body("a name"), DocumentCondition.Unchanged(first!.ETag), Cancel);
        Assert.NotNull(second);
        Assert.Equal(0, faults.Left);
        Assert.Null(await store.PutAsync(Key, Body("a name"), DocumentCondition.Unchanged(first.ETag), Cancel));
    }

    [Fact]
    public async Task Query_PageCutInTheMiddle_IsAskedAgain()
    {
        var store = await StoreAsync();
        await store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel);
        faults.On(request => request.Method == HttpMethod.Get).CutBody(10);
        Assert.Single((await store.QueryAsync(new DocumentQuery("job"), Cancel)).Documents);
        Assert.Equal(0, faults.Left);
    }

    [Fact]
    public async Task AnyCall_NotAllowed_SaysTheRole()
    {
        var store = await StoreAsync();
        faults.Answer(HttpStatusCode.Forbidden, 1, "AuthorizationPermissionMismatch");
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => store.GetAsync(Key, Cancel));
        Assert.Equal((ProblemCodes.Unavailable, false), (failure.Code, failure.Retryable));
        Assert.Contains("role", failure.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_NoTable_IsUnavailableAndNeverAbsent()
    {
        var store = new RowDocumentStore(new TableRowStore(TableBench.Pipeline(azurite), azurite.Tables, "none"), new TimeOrderedIds(TimeProvider.System), TimeProvider.System);
        Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(() => store.PutAsync(Key, Body("a name"), DocumentCondition.Absent, Cancel))).Code);
        Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(() => store.GetAsync(Key, Cancel))).Code);
        Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(() => store.QueryAsync(new DocumentQuery("job"), Cancel))).Code);
    }

    [Fact]
    public async Task EnsureTable_Twice_IsThere()
    {
        var rows = new TableRowStore(TableBench.Pipeline(azurite), azurite.Tables, $"t{Guid.NewGuid():N}");
        await rows.EnsureTableAsync(Cancel);
        await rows.EnsureTableAsync(Cancel);
        Assert.Null(await rows.GetAsync("job.d.1", "head", Cancel));
    }

    private static DocumentBody Body(string name) => new("{}", name, new Dictionary<string, string> { ["status"] = "Running" });

    private async Task<RowDocumentStore> StoreAsync() => new(await TableBench.MakeAsync(azurite, faults), new TimeOrderedIds(TimeProvider.System), TimeProvider.System);
}
