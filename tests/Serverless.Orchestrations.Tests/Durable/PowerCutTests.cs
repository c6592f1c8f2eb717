using System.Buffers.Binary;
using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Durable.Storage.Sqlite;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The power goes: of the write-ahead log only a beginning is on the disk. From every such beginning the work goes on to the same end.</summary>
public sealed class PowerCutTests
{
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_CutAtEveryFrameAndInTheMiddle_WorkGoesOnToTheSameEnd()
    {
        using var folder = new TempFolder();
        var script = new Script();
        var add = script.Activity<int, int>("add", x => x + 1);
        var below = script.Workflow<int, int>("below", (context, x) => context.CallAsync(add, x * 10));
        var workflow = script.Workflow<int, string>("flow", async (context, x) =>
        {
            x = await context.CallAsync(add, x);
            await context.TimerAsync(TimeSpan.FromMilliseconds(1));
            x += await context.CallWorkflowAsync(below, "below", x);
            return $"{x} {await context.WaitForEventAsync<int>("go")}";
        });

        byte[] log;
        await using (var engine = await DurableEngine.StartAsync(script.Catalog, folder["whole.db"]))
        {
            Assert.Equal("\"23 5\"", await EndAsync(engine));
            log = await ReadAsync(folder["whole.db-wal"]);
            File.Copy(folder["whole.db"], folder["base.db"]);
        }

        var frame = FrameHeader + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(8));
        var cuts = Enumerable.Range(0, (log.Length - LogHeader) / frame + 1).SelectMany(n => (int[])(n % 4 > 0 ? [LogHeader + (n * frame)] : [LogHeader + (n * frame), LogHeader + (n * frame) + (frame / 2)]));
        var tried = 0;
        foreach (var cut in cuts.Where(cut => cut <= log.Length).Prepend(0))
        {
            File.Copy(folder["base.db"], folder[$"{cut}.db"]);
            await File.WriteAllBytesAsync(folder[$"{cut}.db-wal"], log[..cut], Cancel);
            await using (var engine = await DurableEngine.StartAsync(script.Catalog, folder[$"{cut}.db"]))
                Assert.Equal((cut, "\"23 5\""), (cut, await EndAsync(engine)));
            using var session = SqliteFile.Open(folder[$"{cut}.db"]);
            Assert.Equal((cut, "ok"), (cut, session.Scalar<string>("PRAGMA integrity_check")));
            tried++;
        }

        Assert.True(tried > 30, $"{tried} cuts");

        async Task<string?> EndAsync(DurableEngine engine)
        {
            await engine.Client.StartAsync(workflow, "one", 1, Cancel);
            await engine.Client.RaiseAsync("one", "go", 5, Cancel);
            return (await engine.Client.WaitAsync("one", Eventually.Patience, Cancel))?.Output;
        }
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }
}
