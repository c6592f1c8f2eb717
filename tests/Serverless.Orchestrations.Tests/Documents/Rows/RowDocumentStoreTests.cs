using Serverless.Conformance.Documents;
using Serverless.Conformance.Documents.Rows;
using Serverless.Core.Documents;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Ids;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Documents.Rows;

public sealed class MemoryRowStoreTests : RowStoreConformance
{
    protected override IRowStore Store { get; } = new MemoryRowStore();
}

public sealed class RowDocumentStoreTests : DocumentStoreConformance
{
    private readonly MemoryRowStore rows = new();

    public RowDocumentStoreTests() => Store = new RowDocumentStore(rows, new TimeOrderedIds(TimeProvider.System), TimeProvider.System);

    protected override IDocumentStore Store { get; }

    [Fact]
    public async Task Delete_Documents_LeaveNoRow()
    {
        var big = '"' + new string('ü', 500_000) + '"';
        await PutAsync("1", "{}", "a name", new() { ["status"] = "Running" });
        await PutAsync("1", big, "another name", new() { ["status"] = "Failed", ["pool"] = "local" });
        await PutAsync("1", big, "another name", new() { ["status"] = "Failed", ["pool"] = "gpu" });
        Assert.Equal(3, rows.Keys("job.d.1").Count);
        await Store.DeleteAsync(new DocumentKey("job", "1"), DocumentCondition.Always, Cancel);
        Assert.Empty(rows.Keys("job.d.1"));
        Assert.Empty(rows.Keys("job.i"));
    }

    [Fact]
    public async Task Put_LongestNameAndId_StayWithinTheRowsBounds()
    {
        var random = new Random(1);
        string Text(int length) => string.Create(length, random, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = (char)from.Next('\u4e00', '\u9fff');
        });
        var (id, name) = (Text(DocumentRules.MaxIdLength), Text(DocumentRules.MaxNameLength));
        var summary = Enumerable.Range(0, DocumentRules.MaxSummaryValues).ToDictionary(i => $"{i}{Text(250)}", _ => Text(DocumentRules.MaxSummaryLength));
        await PutAsync(id, "{}", name, summary);
        Assert.Equal([id], await IdsAsync(new DocumentQuery("job") { Contains = name[100..300], Where = summary }));
        Assert.Equal(1 + (2 * 510) + 8, rows.Keys("job.i").Count);
    }

    [Fact]
    public async Task Put_SameNameAndSummary_WritesTheHeadAlone()
    {
        await PutAsync("1", "1", "name", new() { ["status"] = "Running" });
        var index = rows.Keys("job.i");
        rows.BeforeApply = partition =>
        {
            Assert.Equal("job.d.1", partition);
            return Task.CompletedTask;
        };
        await PutAsync("1", "2", "name", new() { ["status"] = "Running" });
        Assert.Equal(index, rows.Keys("job.i"));
    }
}
