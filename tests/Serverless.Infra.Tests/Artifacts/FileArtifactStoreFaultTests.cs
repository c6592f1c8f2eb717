using System.Diagnostics;
using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Artifacts;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Artifacts;

public sealed class FileArtifactStoreFaultTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<FileArtifactStore> opened = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => folder["store"];

    [Fact]
    public async Task Put_DiskFull_IsStorageFullAndChangesNothing()
    {
        var tree = new FaultyTree(FileTree.Open(Root));
        var store = Open(tree);
        var old = await PutAsync(store, "a", "old");
        tree.IsFull = true;
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "a", new string('x', 500_000)));
        Assert.Equal(ProblemCodes.StorageFull, failed.Code);
        Assert.Contains("Free some space", failed.Cure, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "b/c", "new"));
        tree.IsFull = false;
        Assert.Equal(old, await store.FindAsync(old.Path, Cancel));
        Assert.Equal(["a"], Files());
        await PutAsync(store, "a", "there is space again");
    }

    [Fact]
    public async Task Append_DiskFull_IsStorageFullAndKeepsWhatWasThere()
    {
        var tree = new FaultyTree(FileTree.Open(Root));
        var store = Open(tree);
        var log = ArtifactPath.Parse("log");
        await store.AppendAsync(log, 0, "one"u8.ToArray(), Cancel);
        tree.IsFull = true;
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => store.AppendAsync(ArtifactPath.Parse("other"), 0, "x"u8.ToArray(), Cancel));
        Assert.Equal(ProblemCodes.StorageFull, failed.Code);
        tree.IsFull = false;
        Assert.Equal(6, await store.AppendAsync(log, 3, "two"u8.ToArray(), Cancel));
        Assert.Equal("onetwo", File.ReadAllText(Path.Combine(Root, "log")));
    }

    [Fact]
    public async Task Put_CommitFails_IsUnavailableAndLeavesNoTemporaryFile()
    {
        var tree = new FaultyTree(FileTree.Open(Root)) { CommitFailure = new IOException("Input/output error", 5) };
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(Open(tree), "a", "new"));
        Assert.Equal((ProblemCodes.Unavailable, true), (failed.Code, failed.Retryable));
        Assert.Empty(Files());
    }

    [Fact]
    public void Open_AfterAKilledProcess_SweepsItsTemporaryFiles()
    {
        Directory.CreateDirectory(Path.Combine(Root, FileTree.TempFolder));
        File.WriteAllText(Path.Combine(Root, FileTree.TempFolder, "1.part"), "half");
        Open();
        Assert.Empty(Files());
    }

    [Fact]
    public async Task ClockSetBack_EveryPutStillChangesTheETag()
    {
        var clock = new ManualTime();
        var store = Open(clock: clock);
        var first = await PutAsync(store, "a", "1");
        clock.Advance(TimeSpan.FromHours(-1));
        var second = await PutAsync(store, "a", "2");
        clock.Advance(TimeSpan.FromHours(2));
        var third = await PutAsync(store, "a", "3");
        Assert.Equal(3, new[] { first.ETag, second.ETag, third.ETag }.Distinct().Count());
    }

    [Fact]
    public async Task Delete_LastOfAFolder_RemovesTheEmptyFolders()
    {
        var store = Open();
        await PutAsync(store, "a/b/c", "x");
        await PutAsync(store, "a/d", "x");
        await store.DeleteAsync(ArtifactPath.Parse("a/b/c"), Cancel);
        Assert.Equal(["d"], Directory.GetFileSystemEntries(Path.Combine(Root, "a")).Select(Path.GetFileName));
        await store.DeleteAsync(ArtifactPath.Parse("a/d"), Cancel);
        Assert.False(Directory.Exists(Path.Combine(Root, "a")));
    }

    [Fact]
    public async Task List_TemporaryAndForeignNames_AreNotArtifacts()
    {
        var store = Open();
        await PutAsync(store, "a", "x");
        File.WriteAllText(Path.Combine(Root, "-dash"), "x");
        File.WriteAllText(Path.Combine(Root, FileTree.TempFolder, "half"), "x");
        var entries = new List<string>();
        await foreach (var entry in store.ListAsync("", Cancel))
            entries.Add(entry.Path.Value);
        Assert.Equal(["a"], entries);
    }

    [Fact]
    public async Task Address_Read_GivesTheFileOnThisDisk()
    {
        var signer = new AddressSigner(new byte[32], TimeProvider.System);
        using var store = new FileArtifactStore(new FileStoreOptions(Root), signer, TimeProvider.System);
        await PutAsync(store, "a/b", "text");
        var path = ArtifactPath.Parse("a/b");
        var address = await store.AddressAsync(path, ArtifactVerb.Read, TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal("text", await File.ReadAllTextAsync(address.LocalPath!, Cancel));
        var query = System.Web.HttpUtility.ParseQueryString(address.Url[address.Url.IndexOf('?')..]);
        Assert.StartsWith("/artifacts/a/b?", address.Url, StringComparison.Ordinal);
        Assert.True(signer.Verify(path, ArtifactVerb.Read, query["expires"], query["signature"]));
        Assert.False(signer.Verify(path, ArtifactVerb.Write, query["expires"], query["signature"]));
        Assert.Null((await store.AddressAsync(path, ArtifactVerb.Write, TimeSpan.FromMinutes(1), Cancel)).LocalPath);
    }

    [Fact]
    public async Task Put_OnAFullFileSystem_IsStorageFull()
    {
        Needs.Have("mount", OperatingSystem.IsLinux() && Environment.UserName == "root" && Mount(Root), "Run as root on Linux with the right to mount a tmpfs.");
        try
        {
            using var store = Stores.Open(Root);
            await PutAsync(store, "kept", "old");
            var failed = await Assert.ThrowsAsync<ServerlessException>(() => PutAsync(store, "kept", new string('x', 3_000_000)));
            Assert.Equal(ProblemCodes.StorageFull, failed.Code);
            Assert.Equal("old", File.ReadAllText(Path.Combine(Root, "kept")));
            await PutAsync(store, "fits", new string('x', 100_000));
            var appended = await Assert.ThrowsAsync<ServerlessException>(() =>
                store.AppendAsync(ArtifactPath.Parse("fits"), 100_000, new byte[3_000_000], Cancel));
            Assert.Equal(ProblemCodes.StorageFull, appended.Code);
            Assert.Equal(100_000, (await store.FindAsync(ArtifactPath.Parse("fits"), Cancel))!.SizeBytes);
        }
        finally
        {
            Run("umount", Root);
        }
    }

    public void Dispose()
    {
        opened.ForEach(store => store.Dispose());
        folder.Dispose();
    }

    private FileArtifactStore Open(FileTree? tree = null, TimeProvider? clock = null)
    {
        var store = Stores.Open(Root, tree, clock);
        opened.Add(store);
        return store;
    }

    private static Task<ArtifactEntry> PutAsync(FileArtifactStore store, string path, string text) =>
        store.PutAsync(ArtifactPath.Parse(path), new MemoryStream(Encoding.UTF8.GetBytes(text)), PutOptions.Overwrite, Cancel);

    private string[] Files() => [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file))];

    private static bool Mount(string path)
    {
        Directory.CreateDirectory(path);
        return Run("mount", "-t", "tmpfs", "-o", "size=1m", "serverless-test", path) == 0;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
