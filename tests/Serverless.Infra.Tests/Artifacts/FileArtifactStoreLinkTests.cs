using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Artifacts;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Artifacts;

/// <summary>Links that somebody puts into the tree: nothing outside is read or written.</summary>
public sealed class FileArtifactStoreLinkTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => folder["store"];

    private string Outside => folder["outside"];

    public static TheoryData<bool> Trees => [false, true];

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task LinkToAFile_IsNotThere_AndAPutReplacesIt(bool portable)
    {
        using var store = Open(portable);
        File.WriteAllText(Path.Combine(Outside, "secret"), "secret");
        File.CreateSymbolicLink(Path.Combine(Root, "link"), Path.Combine(Outside, "secret"));
        var path = ArtifactPath.Parse("link");
        Assert.Null(await store.FindAsync(path, Cancel));
        await CodeAsync(ProblemCodes.NotFound, () => store.OpenReadAsync(path, null, Cancel));
        Assert.Null((await store.AddressAsync(path, ArtifactVerb.Read, TimeSpan.FromMinutes(1), Cancel)).LocalPath);
        Assert.Equal(0, await store.AppendAsync(path, 6, "more"u8.ToArray(), Cancel));
        Assert.Empty(await ListAsync(store));
        await PutAsync(store, "link", "mine");
        Assert.Equal("secret", File.ReadAllText(Path.Combine(Outside, "secret")));
        Assert.Equal(["link"], await ListAsync(store));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task LinkToAFolder_IsNeverEntered(bool portable)
    {
        using var store = Open(portable);
        File.WriteAllText(Path.Combine(Outside, "secret"), "secret");
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), Outside);
        var path = ArtifactPath.Parse("link/secret");
        Assert.Null(await store.FindAsync(path, Cancel));
        await CodeAsync(ProblemCodes.NotFound, () => store.OpenReadAsync(path, null, Cancel));
        await CodeAsync(ProblemCodes.Conflict, () => PutAsync(store, "link/new", "x"));
        await CodeAsync(ProblemCodes.Conflict, () => PutAsync(store, "link/deep/new", "x"));
        await CodeAsync(ProblemCodes.Conflict, () => store.AppendAsync(ArtifactPath.Parse("link/log"), 0, "x"u8.ToArray(), Cancel));
        Assert.False(await store.DeleteAsync(path, Cancel));
        Assert.Empty(await ListAsync(store));
        Assert.Empty(await ListAsync(store, "link/"));
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(Outside).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task LinkDeleted_LeavesItsTarget(bool portable)
    {
        using var store = Open(portable);
        File.WriteAllText(Path.Combine(Outside, "kept"), "kept");
        File.CreateSymbolicLink(Path.Combine(Root, "link"), Path.Combine(Outside, "kept"));
        Assert.True(await store.DeleteAsync(ArtifactPath.Parse("link"), Cancel));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Outside, "kept")));
    }

    [Fact]
    public async Task HardLink_IsReplacedByAPut_AndRefusedByAnAppend()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counting a file's names needs Linux's statx.");
        using var store = Open(portable: false);
        var outside = Path.Combine(Outside, "file");
        File.WriteAllText(outside, "theirs");
        Assert.Equal(0, RunLink(outside, Path.Combine(Root, "hard")));
        await CodeAsync(ProblemCodes.Conflict, () => store.AppendAsync(ArtifactPath.Parse("hard"), 6, "more"u8.ToArray(), Cancel));
        await PutAsync(store, "hard", "mine");
        Assert.Equal("theirs", File.ReadAllText(outside));
        Assert.Equal(4, await store.AppendAsync(ArtifactPath.Parse("hard"), 0, ""u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task Pipe_IsNotThere_AndNobodyWaitsForIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes in a folder are Unix's.");
        using var store = Open(portable: false);
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Root, "pipe")]);
        await made.WaitForExitAsync(Cancel);
        Assert.Null(await store.FindAsync(ArtifactPath.Parse("pipe"), Cancel).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel));
        Assert.Empty(await ListAsync(store));
    }

    /// <summary>A folder is swapped for a link to the outside, again and again, while others read, write and delete in it.</summary>
    [Fact]
    public async Task LinkSwappedUnderneath_NothingOutsideIsTouchedOrRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Without openat the swap can be won; see PortableFileTree.");
        using var store = Open(portable: false);
        var inner = Path.Combine(Root, "swap");
        File.WriteAllText(Path.Combine(Outside, "file"), "secret");
        Directory.CreateDirectory(folder["real"]);
        var swapper = Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                TryChange(() => Directory.CreateSymbolicLink(inner, Outside));
                TryChange(() => File.Delete(inner));
                TryChange(() => Directory.CreateDirectory(inner));
                TryChange(() => Directory.Move(inner, folder[$"real/{i}"]));
            }
        }, Cancel);
        while (!swapper.IsCompleted)
        {
            await Quietly(() => PutAsync(store, "swap/new", "x"));
            await Quietly(() => store.DeleteAsync(ArtifactPath.Parse("swap/file"), Cancel));
            await Quietly(async () =>
            {
                await using var stream = await store.OpenReadAsync(ArtifactPath.Parse("swap/file"), null, Cancel);
                Assert.Fail("A file outside of the store was opened.");
            });
            Assert.DoesNotContain("swap/file", await ListAsync(store));
        }

        await swapper;
        Assert.Equal("secret", File.ReadAllText(Path.Combine(Outside, "file")));
        Assert.Equal(["file"], Directory.GetFileSystemEntries(Outside).Select(Path.GetFileName));
    }

    public void Dispose() => folder.Dispose();

    private FileArtifactStore Open(bool portable)
    {
        Directory.CreateDirectory(Outside);
        return Stores.Open(Root, portable ? new PortableFileTree(Root) : FileTree.Open(Root));
    }

    private static Task<ArtifactEntry> PutAsync(FileArtifactStore store, string path, string text) =>
        store.PutAsync(ArtifactPath.Parse(path), new MemoryStream(Encoding.UTF8.GetBytes(text)), PutOptions.Overwrite, Cancel);

    private static async Task<List<string>> ListAsync(FileArtifactStore store, string prefix = "")
    {
        var paths = new List<string>();
        await foreach (var entry in store.ListAsync(prefix, Cancel))
            paths.Add(entry.Path.Value);
        return paths;
    }

    private static async Task Quietly(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ServerlessException refused) when (refused.Code is ProblemCodes.Conflict or ProblemCodes.NotFound or ProblemCodes.Unavailable)
        {
            // What the store says while its folder is swapped: no harm, and that is what is tested.
        }
    }

    private static void TryChange(Action change)
    {
        try
        {
            change();
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            // The store was quicker: the next round swaps again.
        }
    }

    private static async Task CodeAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<ServerlessException>(act)).Code);

    private static int RunLink(string from, string to)
    {
        using var process = System.Diagnostics.Process.Start("ln", [from, to]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
