using Serverless.Conformance.Documents;
using Serverless.Conformance.Documents.Rows;
using Serverless.Core.Documents;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Ids;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Documents;

public sealed class TableRowStoreTests(Azurite azurite) : RowStoreConformance, IAsyncLifetime
{
    private IRowStore? store;

    protected override IRowStore Store => store!;

    public async ValueTask InitializeAsync() => store = await TableBench.MakeAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class TableDocumentStoreTests(Azurite azurite) : DocumentStoreConformance, IAsyncLifetime
{
    private IDocumentStore? store;

    protected override IDocumentStore Store => store!;

    public async ValueTask InitializeAsync() =>
        store = new RowDocumentStore(await TableBench.MakeAsync(azurite), new TimeOrderedIds(TimeProvider.System), TimeProvider.System);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
