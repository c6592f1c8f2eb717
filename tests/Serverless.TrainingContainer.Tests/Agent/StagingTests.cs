using System.Text;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>Inputs: brought once, checked, and not to be spoiled.</summary>
public sealed class StagingTests
{
    private const string Show = "cat $SERVERLESS_INPUT_TRAIN/*";

    [Fact]
    public async Task Input_OfASecondJob_IsNotCopiedAgain()
    {
        await using var scene = await AgentScene.OpenAsync();
        var data = new TicketInput("train", "inputs/train", [scene.Host.Put("a.csv", "one\n"), scene.Host.Put("sub/b.csv", "two\n")]);
        var first = scene.Shell(Show + "/* $SERVERLESS_INPUT_TRAIN/a.csv 2>/dev/null") with { Inputs = [data] };
        var second = scene.Shell("cat inputs/train/a.csv inputs/train/sub/b.csv") with { Inputs = [data] };
        scene.Host.Submit(first);
        scene.Host.Submit(second);
        scene.Agent();
        var exit = await scene.Host.ExitAsync(second.JobId);

        Assert.Equal(["one", "two"], exit.LogTail);
        Assert.Equal(8, scene.Host.BytesFetched);
        Assert.Equal((8L, 0L), (scene.Host.Jobs[first.JobId].Staging!.CopiedBytes, scene.Host.Jobs[first.JobId].Staging!.CachedBytes));
        Assert.Equal((0L, 8L), (scene.Host.Jobs[second.JobId].Staging!.CopiedBytes, scene.Host.Jobs[second.JobId].Staging!.CachedBytes));
    }

    [Theory]
    [InlineData("chmod u+w inputs/train/a.csv; printf 'spoiled' > inputs/train/a.csv")]
    [InlineData("chmod u+w inputs/train/a.csv; printf 'ONE\\n' > inputs/train/a.csv")]
    [InlineData("chmod 777 inputs/train; rm -f inputs/train/a.csv; printf 'new' > inputs/train/a.csv")]
    public async Task Input_ThatAProgramSpoils_IsWholeForTheNextJob(string spoil)
    {
        await using var scene = await AgentScene.OpenAsync();
        var data = new TicketInput("train", "inputs/train", [scene.Host.Put("a.csv", "one\n")]);
        var spoiler = scene.Shell(spoil) with { Inputs = [data] };
        var next = scene.Shell(Show) with { Inputs = [data] };
        scene.Host.Submit(spoiler);
        scene.Host.Submit(next);
        scene.Agent();

        Assert.Equal(["one"], (await scene.Host.ExitAsync(next.JobId)).LogTail);
    }

    [Fact]
    public async Task Input_OnASharedDisk_IsReadFromThere()
    {
        await using var scene = await AgentScene.OpenAsync();
        await File.WriteAllTextAsync(scene.Data["shared"], "local\n", TestContext.Current.CancellationToken);
        var file = scene.Host.Put("a.csv", "local\n"u8.ToArray(), scene.Data["shared"]);
        var ticket = scene.Shell(Show) with { Inputs = [new TicketInput("train", "inputs/train", [file])] };

        var exit = await scene.RunAsync(ticket);

        Assert.Equal(["local"], exit.LogTail);
        Assert.Equal(0, scene.Host.BytesFetched);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("wrong")]
    public async Task Input_WhoseSharedDiskFails_IsFetchedByItsAddress(string name)
    {
        await using var scene = await AgentScene.OpenAsync();
        await File.WriteAllTextAsync(scene.Data["wrong"], "WRONG\n", TestContext.Current.CancellationToken);
        var file = scene.Host.Put("a.csv", "right\n"u8.ToArray(), scene.Data[name]);

        var exit = await scene.RunAsync(scene.Shell(Show) with { Inputs = [new TicketInput("train", "inputs/train", [file])] });

        Assert.Equal(["right"], exit.LogTail);
    }

    [Fact]
    public async Task Input_WithAWrongHash_IsFetchedOnceMore()
    {
        await using var scene = await AgentScene.OpenAsync();
        var spoiled = 1;
        scene.Host.Faults = context => context.Request.Path.Value!.StartsWith("/artifacts/content", StringComparison.Ordinal)
            ? new Fault(Corrupt: Interlocked.Exchange(ref spoiled, 0) == 1) : Fault.None;

        var exit = await scene.RunAsync(scene.Shell(Show) with { Inputs = [new TicketInput("train", "inputs/train", [scene.Host.Put("a.csv", "one\n")])] });

        Assert.Equal(["one"], exit.LogTail);
    }

    [Fact]
    public async Task Input_ThatStaysWrongOrIsGone_EndsTheAttemptWithWords()
    {
        await using var scene = await AgentScene.OpenAsync();
        var wrong = scene.Host.Put("a.csv", "one\n");
        scene.Host.Stored[wrong.Address.Url.Split('?')[0]] = Encoding.UTF8.GetBytes("other");
        var gone = scene.Host.Put("b.csv", "gone\n");
        scene.Host.Stored.TryRemove(gone.Address.Url.Split('?')[0], out _);
        var first = scene.Shell(Show) with { Inputs = [new TicketInput("train", "inputs/train", [wrong])] };
        var second = scene.Shell(Show) with { Inputs = [new TicketInput("train", "inputs/train", [gone])] };
        scene.Host.Submit(first);
        scene.Host.Submit(second);
        scene.Agent();

        var wrongExit = await scene.Host.ExitAsync(first.JobId);
        var goneExit = await scene.Host.ExitAsync(second.JobId);

        Assert.Equal((JobReason.InputUnavailable, JobReason.InputUnavailable), (wrongExit.Reason, goneExit.Reason));
        Assert.Contains("a.csv", wrongExit.Message, StringComparison.Ordinal);
        Assert.Contains(wrong.File.Sha256, wrongExit.Message, StringComparison.Ordinal);
        Assert.Contains("404", goneExit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("/etc/outside")]
    [InlineData("a/../../../outside")]
    [InlineData("")]
    public async Task Input_WithAPathThatLeadsOut_IsRefused(string path)
    {
        await using var scene = await AgentScene.OpenAsync();
        var file = scene.Host.Put("x", "x");
        var bad = file with { File = file.File with { Path = path } };

        var exit = await scene.RunAsync(scene.Shell("true") with { Code = [bad] });

        Assert.Equal(JobReason.InputUnavailable, exit.Reason);
        Assert.Contains("does not lie below", exit.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("/etc/outside"));
    }

    [Fact]
    public async Task Cache_OverItsLimit_DropsWhatWasNotUsedForLongest()
    {
        await using var scene = await AgentScene.OpenAsync();
        TicketFile[] files = [.. Enumerable.Range(0, 4).Select(i => scene.Host.Put("f", new string((char)('a' + i), 1000)))];
        int[] order = [0, 1, 0, 2, 0, 1];
        string[] jobs = [.. order.Select(i => scene.Host.Submit(scene.Shell("true") with { Inputs = [new TicketInput("train", "t", [files[i]])] }))];
        scene.Agent(more: ["--cache-bytes", "2000"]);
        await scene.Host.ExitAsync(jobs[^1]);

        Assert.Equal([1000L, 1000, 0, 1000, 0, 1000], jobs.Select(job => scene.Host.Jobs[job].Staging!.CopiedBytes));
    }

    [Fact]
    public async Task Attempt_WhenItIsOver_LeavesNothingButTheCache()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.IdleSeconds = 0;
        var ticket = scene.Shell("mkdir -p inputs/more; chmod 000 inputs/more") with { Inputs = [new TicketInput("train", "inputs/train", [scene.Host.Put("d/a.csv", "one")])] };
        scene.Host.Submit(ticket);

        Assert.Equal(0, await scene.Agent().ExitCodeAsync());

        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Data["attempts"]));
        Assert.Single(Directory.EnumerateFiles(scene.Data["cache"], "*", SearchOption.AllDirectories));
        Assert.Equal(new ContentFile("d/a.csv", ticket.Inputs[0].Files[0].File.Sha256, 3), ticket.Inputs[0].Files[0].File);
    }
}
