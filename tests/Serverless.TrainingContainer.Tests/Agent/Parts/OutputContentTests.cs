using System.Security.Cryptography;
using Serverless.Agent.Files;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Parts;

/// <summary>What leaves the node is what was announced, or it is cut.</summary>
public sealed class OutputContentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Upload_OfAnUnchangedFile_IsWhole(int length)
    {
        using var folder = new TempFolder();
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        var (sent, changed) = await SendAsync(folder, bytes, bytes);

        Assert.False(changed);
        Assert.Equal(bytes, sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Upload_OfAFileThatWasWrittenTo_IsCutBeforeItsEnd(int length)
    {
        using var folder = new TempFolder();
        var announced = new byte[length];
        var now = (byte[])announced.Clone();
        now[0] = 1;

        var (sent, changed) = await SendAsync(folder, announced, now);

        Assert.True(changed);
        Assert.True(sent.Length < length, $"{sent.Length} of {length} bytes were sent");
    }

    [Fact]
    public async Task Upload_OfAFileThatBecameShorter_IsCut()
    {
        using var folder = new TempFolder();

        var (sent, changed) = await SendAsync(folder, new byte[1000], new byte[10]);

        Assert.True(changed);
        Assert.True(sent.Length < 1000);
    }

    [Fact]
    public async Task File_BehindALinkThatWasPutInAFoldersPlace_IsNotOpened()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["out/sub"]);
        Directory.CreateDirectory(folder["secret"]);
        await File.WriteAllTextAsync(folder["secret/f"], "secret", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["out/sub/f"], "good", TestContext.Current.CancellationToken);
        var root = OutputFile.Resolve(folder["out"]);
        await using (var good = OutputFile.TryOpen(root, "sub/f"))
            Assert.NotNull(good);

        Directory.Delete(folder["out/sub"], recursive: true);
        Directory.CreateSymbolicLink(folder["out/sub"], folder["secret"]);

        Assert.Null(OutputFile.TryOpen(root, "sub/f"));
    }

    private static async Task<(byte[] Sent, bool Changed)> SendAsync(TempFolder folder, byte[] announced, byte[] now)
    {
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllBytesAsync(folder["f"], now, cancel);
        using var sent = new MemoryStream();
        using var content = new OutputContent(File.OpenRead(folder["f"]), announced.Length, Convert.ToHexStringLower(SHA256.HashData(announced)));
        try
        {
            await content.CopyToAsync(sent, cancel);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            Assert.True(content.Changed);
        }

        return (sent.ToArray(), content.Changed);
    }
}
