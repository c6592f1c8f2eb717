using Microsoft.Extensions.Logging;
using Serverless.Api.Content;
using Serverless.Contracts.Datasets;
using Serverless.Core.Datasets;
using Serverless.Core.Doorbells;
using Serverless.Core.Ids;
using Serverless.Functions.Tests.Api;
using Serverless.Local.Drops;
using Serverless.Orchestrations.Datasets;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Local;

public sealed class DropTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly TempFolder folder = new();
    private readonly ManualTime time = new();
    private readonly RecordedLog log = new();
    private readonly DatasetSet datasets;
    private readonly MemoryDoorbell doorbell;
    private readonly DropLoop loop;

    public DropTests()
    {
        var store = new MemoryArtifactStore(time);
        doorbell = new MemoryDoorbell(time);
        datasets = new DatasetSet(new MemoryDocumentStore(time));
        var intake = new DropIntake(new ContentIntake(store, new TimeOrderedIds(time)), new DatasetLanding(datasets, store, doorbell, time));
        loop = new DropLoop(folder.Path, Settle, intake, time, LoggerFactory.Create(builder => builder.AddProvider(log)).CreateLogger<DropLoop>());
    }

    [Fact]
    public async Task File_IsTakenOnceItHasSettled_AndNotAgain()
    {
        Write("digits/2026/train.csv", "a,b\n");
        await LookAsync();
        Assert.Empty(await LandedAsync());
        await LookAsync(Settle);
        var version = Assert.Single(await LandedAsync());
        Assert.Equal(("digits", "2026/train.csv", "drop"), (version.Name, version.Files[0].Path, version.Source));
        Assert.True(File.Exists(folder["digits/2026/train.csv"]));
        await LookAsync(Settle);
        await LookAsync(Settle);
        Assert.Single(doorbell.Pending(Queues.Landings));
    }

    [Fact]
    public async Task File_ThatGrows_WaitsUntilItHasStayedAsItIs()
    {
        Write("digits/train.csv", "1");
        for (var i = 0; i < 5; i++)
        {
            await LookAsync(Settle / 2);
            Write("digits/train.csv", new string('1', i + 2));
        }

        await LookAsync(Settle / 2);
        Assert.Empty(await LandedAsync());
        await LookAsync(Settle);
        Assert.Equal(6, Assert.Single(await LandedAsync()).SizeBytes);
    }

    [Fact]
    public async Task File_ThatSomebodyStillWrites_IsNotTakenHoweverLongItPauses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells who has a file open; another system has its settling time alone.");
        Directory.CreateDirectory(folder["digits"]);
        await using (var writer = new FileStream(folder["digits/train.csv"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            await writer.WriteAsync("half"u8.ToArray(), Cancel);
            await writer.FlushAsync(Cancel);
            await LookAsync();
            await LookAsync(Settle * 10);
            await LookAsync(Settle * 10);
            Assert.Empty(await LandedAsync());
        }

        await LookAsync(Settle);
        Assert.Single(await LandedAsync());
    }

    [Fact]
    public async Task File_ThatChanges_IsTakenAsAnotherVersion()
    {
        Write("digits/train.csv", "one");
        await LookAsync();
        await LookAsync(Settle);
        Write("digits/train.csv", "two!");
        await LookAsync(Settle);
        await LookAsync(Settle);
        Assert.Equal(2, (await LandedAsync()).Count);
    }

    [Fact]
    public async Task LinkToAFileOrFolder_IsNotFollowed()
    {
        using var elsewhere = new TempFolder();
        await File.WriteAllTextAsync(elsewhere["secret.csv"], "secret", Cancel);
        Directory.CreateDirectory(folder["digits"]);
        File.CreateSymbolicLink(folder["digits/link.csv"], elsewhere["secret.csv"]);
        Directory.CreateSymbolicLink(folder["linked"], elsewhere.Path);
        await LookAsync();
        await LookAsync(Settle);
        Assert.Empty(await LandedAsync());
    }

    [Fact]
    public async Task LinkSwappedInAfterTheLook_IsNotRead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what was opened.");
        using var elsewhere = new TempFolder();
        await File.WriteAllTextAsync(elsewhere["secret.csv"], "secret", Cancel);
        Directory.CreateDirectory(folder["digits"]);
        File.CreateSymbolicLink(folder["digits/train.csv"], elsewhere["secret.csv"]);
        var seen = new DropFile("digits/train.csv", folder["digits/train.csv"], 6, File.GetLastWriteTimeUtc(elsewhere["secret.csv"]));
        var store = new MemoryArtifactStore(time);
        var intake = new DropIntake(new ContentIntake(store, new TimeOrderedIds(time)), new DatasetLanding(datasets, store, doorbell, time));
        Assert.Null(await intake.TakeAsync(seen, Cancel));
        Assert.Empty(await store.ListAsync("", Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("train.csv")]
    [InlineData("Digits/train.csv")]
    [InlineData("digits/-rf")]
    [InlineData("digits/a:b")]
    [InlineData("digits/a%2fb")]
    [InlineData("digits/rtl\u202ecsv")]
    public async Task File_WithANameThatCannotBeOne_IsSaidOnceAndLeftAlone(string path)
    {
        Write(path, "x");
        for (var i = 0; i < 4; i++)
            await LookAsync(Settle);
        Assert.Empty(await LandedAsync());
        var line = Assert.Single(log.Lines, line => line.Id.Id == 7021);
        Assert.DoesNotContain('\u202e', line.Text);
    }

    [Theory]
    [InlineData("digits/train.csv.part")]
    [InlineData("digits/.train.csv.Xy12")]
    [InlineData("digits/train.crdownload")]
    [InlineData("digits/empty.csv")]
    public async Task File_HiddenHalfLoadedOrEmpty_IsNotSeen(string path)
    {
        Write(path, path.Contains("empty") ? "" : "x");
        await LookAsync();
        await LookAsync(Settle);
        Assert.Empty(await LandedAsync());
        Assert.Empty(log.Lines);
    }

    public void Dispose() => folder.Dispose();

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], text);
    }

    private Task LookAsync(TimeSpan later = default)
    {
        time.Advance(later);
        return loop.LookAsync(Cancel);
    }

    private async Task<IReadOnlyList<DatasetVersion>> LandedAsync() => await datasets.AllAsync(null, Cancel).ToListAsync(Cancel);
}
