using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Serverless.Client.Jobs;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Tests.Sdk;

public sealed class LogTests
{
    private static readonly byte[] Alphabet = [(byte)'\n', (byte)'\r', 0xC3, 0xA4, (byte)'a', (byte)'b'];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void LogLines_HoweverTheBytesComeInPieces_AreTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<byte[]>>(),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (bytes, size) =>
        {
            // Few different bytes, so that line breaks and torn characters are common.
            byte[] text = [.. bytes.Get.Select(b => Alphabet[b % Alphabet.Length])];
            return Lines(text, text.Length + 1).SequenceEqual(Lines(text, size.Get));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void LogLines_KindsOfBreaks_TextAndOffsets()
    {
        var lines = Lines("a\r\n\nb\xFF\nrest"u8.ToArray(), 100);

        Assert.Equal(["a", "", "bÿ", "rest"], lines.Select(line => line.Text));
        Assert.Equal([3L, 4, 8, 12], lines.Select(line => line.Next));
    }

    [Fact]
    public void LogLines_BytesThatAreNoUtf8_AreReplaced() =>
        Assert.Equal("a\uFFFDb", Assert.Single(Lines([(byte)'a', 0xFF, (byte)'b', (byte)'\n'], 10)).Text);

    [Fact]
    public void LogLines_LineWithoutEnd_IsCutAndNotKept()
    {
        var lines = Lines([.. Enumerable.Repeat((byte)'x', (LogLines.MaxLineBytes * 2) + 5)], 1_000);

        Assert.Equal([LogLines.MaxLineBytes, LogLines.MaxLineBytes, 5], lines.Select(line => line.Text.Length));
    }

    [Fact]
    public async Task Log_Followed_GoesOnFromWhereItWasUntilTheEnd()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        string[] parts = ["one\ntw", "o\n", "", "three"];
        var calls = 0;
        api.On("GET", Routes.JobLogs, async context =>
        {
            var call = Interlocked.Increment(ref calls) - 1;
            var before = string.Concat(parts.Take(call)).Length;
            Assert.Equal($"{before}", context.Request.Query[ApiNames.Offset].ToString());
            Assert.Equal("30", context.Request.Query[ApiNames.WaitSeconds].ToString());
            context.Response.Headers[ApiNames.LogEnded] = call == parts.Length - 1 ? "true" : "false";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(parts[call]), Cancel);
        });
        using var client = api.NewClient();

        var lines = await client.Jobs.LogAsync("x", follow: true, cancel: Cancel).ToListAsync(Cancel);

        Assert.Equal([new LogLine("one", 4), new LogLine("two", 8), new LogLine("three", 13)], lines);
        Assert.Equal(parts.Length, api.Requests.Count);
    }

    [Fact]
    public async Task Log_NotFollowed_EndsWhereTheLogEndsNow()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.JobLogs, async context =>
        {
            Assert.Equal("", context.Request.Query[ApiNames.WaitSeconds].ToString());
            context.Response.Headers[ApiNames.LogEnded] = "false";
            if (context.Request.Query[ApiNames.Offset] == "0")
                await context.Response.Body.WriteAsync("one\ntwo"u8.ToArray(), Cancel);
        });
        using var client = api.NewClient();

        Assert.Equal(["one", "two"], await client.Jobs.LogAsync("x", cancel: Cancel).Select(line => line.Text).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Log_FollowedThenCancelled_EndsAtOnce()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        api.On("GET", Routes.JobLogs, async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var client = api.NewClient();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.Jobs.LogAsync("x", follow: true, cancel: stop.Token).ToListAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    private static List<LogLine> Lines(byte[] bytes, int size)
    {
        var lines = new LogLines(0);
        var all = new List<LogLine>();
        foreach (var piece in bytes.Chunk(size))
            all.AddRange(lines.Add(piece));
        if (lines.Rest() is { } rest)
            all.Add(rest);
        return all;
    }
}
