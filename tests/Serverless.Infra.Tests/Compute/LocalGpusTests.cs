using Serverless.Infra.Local.Compute;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute;

public sealed class LocalGpusTests
{
    [Theory]
    [InlineData("Tesla T4", "t4")]
    [InlineData("NVIDIA A100-SXM4-80GB", "a100")]
    [InlineData("NVIDIA GeForce RTX 4090", "rtx4090")]
    [InlineData("NVIDIA H100 80GB HBM3", "h100")]
    [InlineData("NVIDIA", "gpu")]
    public void Type_OfAModel_IsWhatJobsAskFor(string model, string type) => Assert.Equal(type, LocalGpus.Type(model));

    [Fact]
    public void Read_OfADriverWithTwoCards_HasBoth_AndWithoutADriverNone()
    {
        using var folder = new TempFolder();
        foreach (var card in new[] { "0000:01:00.0", "0000:02:00.0" })
        {
            Directory.CreateDirectory(folder[card]);
            File.WriteAllText(folder[$"{card}/information"], "Model: \t\t Tesla T4\nIRQ:   10\n");
        }

        Assert.Equal(["t4", "t4"], LocalGpus.Read(folder.Path));
        Assert.Empty(LocalGpus.Read(folder["none"]));
    }
}
