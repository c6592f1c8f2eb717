using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Api.Content;
using Serverless.Api.Uploads;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Datasets;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Uploads;
using Serverless.Orchestrations.Datasets;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Uploads;

public sealed class UploadIntakeTests
{
    private readonly ManualTime clock = new();
    private readonly MemoryArtifactStore dropped;
    private readonly MemoryDoorbell doorbell;
    private readonly DatasetSet datasets;
    private readonly UploadSet uploads;
    private readonly UploadIntake intake;
    private readonly UploadSweep sweep;

    public UploadIntakeTests()
    {
        var documents = new MemoryDocumentStore(clock);
        var artifacts = new MemoryArtifactStore(clock);
        dropped = new MemoryArtifactStore(clock);
        doorbell = new MemoryDoorbell(clock);
        datasets = new DatasetSet(documents);
        uploads = new UploadSet(documents);
        var drop = new DropStore("drop", dropped);
        intake = new UploadIntake(drop, new ContentIntake(artifacts, new TimeOrderedIds(clock)), new DatasetLanding(datasets, artifacts, doorbell, clock), uploads, clock, NullLogger<UploadIntake>.Instance);
        sweep = new UploadSweep(drop, intake, new UploadSweepSet(documents), clock, NullLogger<UploadSweep>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_NewBlob_LandsAndRings()
    {
        await DropAsync("sales/2026/today.csv", "a,b\n1,2\n");
        Assert.Equal(1, await intake.AnswerAsync(Event("drop", "sales/2026/today.csv"), Cancel));
        var version = Assert.Single(await VersionsAsync());
        Assert.Equal(("sales", "2026/today.csv", "drop"), (version.Name, version.Files.Single().Path, version.Source));
        Assert.NotNull(await doorbell.TakeAsync(Queues.Landings, TimeSpan.FromMinutes(1), TimeSpan.Zero, Cancel));
    }

    [Fact]
    public async Task Event_DoubledAndLate_LandsOnce()
    {
        await DropAsync("sales/today.csv", "a\n1\n");
        await intake.AnswerAsync(Event("drop", "sales/today.csv"), Cancel);
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await intake.AnswerAsync(Event("drop", "sales/today.csv"), Cancel));
        Assert.Equal(0, await sweep.RunAsync(Cancel));
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task Event_BlobWrittenAgain_IsTakenAgain()
    {
        await DropAsync("sales/today.csv", "a\n1\n");
        await intake.AnswerAsync(Event("drop", "sales/today.csv"), Cancel);
        await DropAsync("sales/today.csv", "a\n2\n");
        Assert.Equal(1, await intake.AnswerAsync(Event("drop", "sales/today.csv"), Cancel));
        Assert.Equal(2, (await VersionsAsync()).Count);
    }

    [Theory]
    [InlineData("drop", "sales/gone.csv")]
    [InlineData("drop", "sales/../secret.csv")]
    [InlineData("drop", "sales/%2e%2e/secret.csv")]
    [InlineData("drop", "sales/\u202Egnp.exe")]
    [InlineData("other", "sales/today.csv")]
    public async Task Event_NothingToTake_IsAnswered(string container, string path)
    {
        await DropAsync("sales/today.csv", "a\n1\n");
        Assert.Equal(0, await intake.AnswerAsync(Event(container, path), Cancel));
        Assert.Empty(await VersionsAsync());
    }

    [Theory]
    [InlineData("loose.csv")]
    [InlineData("Bad Name!/x.csv")]
    public async Task Event_NameThatNoDataSetCanHave_IsRefusedOnceWithTheReason(string path)
    {
        await DropAsync(path, "x");
        Assert.Equal(0, await intake.AnswerAsync(Event("drop", path), Cancel));
        Assert.NotNull((await uploads.FindAsync(UploadSet.Id(path), Cancel))!.Refused);
        Assert.Equal(0, await sweep.RunAsync(Cancel));
    }

    [Theory]
    [InlineData("sales/big.csv.part", "x")]
    [InlineData("sales/empty.csv", "")]
    public async Task Event_UnfinishedOrEmpty_IsLeftAlone(string path, string text)
    {
        await DropAsync(path, text);
        Assert.Equal(0, await intake.AnswerAsync(Event("drop", path), Cancel));
        Assert.Null(await uploads.FindAsync(UploadSet.Id(path), Cancel));
    }

    [Fact]
    public async Task Sweep_EventWasLost_TakesItIn_AndRemembersHowFar()
    {
        await DropAsync("sales/a.csv", "1");
        await DropAsync("sales/b.csv", "2");
        Assert.Equal(2, await sweep.RunAsync(Cancel));
        clock.Advance(TimeSpan.FromHours(1));
        await DropAsync("sales/c.csv", "3");
        Assert.Equal(1, await sweep.RunAsync(Cancel));
        Assert.Equal(3, (await VersionsAsync()).Count);
    }

    [Fact]
    public async Task Message_Poisonous_ThrowsForGood()
    {
        var error = await Assert.ThrowsAsync<ServerlessException>(() => intake.AnswerAsync("poison"u8.ToArray(), Cancel));
        Assert.Equal((ProblemCodes.Invalid, false), (error.Code, error.Retryable));
    }

    private static ReadOnlyMemory<byte> Event(string container, string path) => Encoding.UTF8.GetBytes(
        $$"""{"eventType":"Microsoft.Storage.BlobCreated","subject":{{System.Text.Json.JsonSerializer.Serialize($"/blobServices/default/containers/{container}/blobs/{path}")}}}""");

    private Task DropAsync(string path, string text) =>
        dropped.PutAsync(ArtifactPath.Parse(path), new MemoryStream(Encoding.UTF8.GetBytes(text)), new PutOptions(), Cancel);

    private async Task<List<Contracts.Datasets.DatasetVersion>> VersionsAsync()
    {
        var all = new List<Contracts.Datasets.DatasetVersion>();
        await foreach (var one in datasets.AllAsync(null, Cancel))
            all.Add(one);
        return all;
    }
}
