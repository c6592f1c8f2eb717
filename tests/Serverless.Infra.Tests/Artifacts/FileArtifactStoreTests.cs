using Serverless.Conformance.Artifacts;
using Serverless.Core.Artifacts;
using Serverless.Infra.Local.Artifacts;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Artifacts;

public sealed class FileArtifactStoreTests : ArtifactStoreConformance, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FileArtifactStore store;

    public FileArtifactStoreTests() => store = Stores.Open(folder["store"]);

    protected override IArtifactStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}

public sealed class PortableFileArtifactStoreTests : ArtifactStoreConformance, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FileArtifactStore store;

    public PortableFileArtifactStoreTests() => store = Stores.Open(folder["store"], new PortableFileTree(folder["store"]));

    protected override IArtifactStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}

internal static class Stores
{
    public static FileArtifactStore Open(string root, FileTree? tree = null, TimeProvider? clock = null) =>
        new(root, tree ?? FileTree.Open(root), new AddressSigner(new byte[32], clock ?? TimeProvider.System), clock ?? TimeProvider.System);
}
