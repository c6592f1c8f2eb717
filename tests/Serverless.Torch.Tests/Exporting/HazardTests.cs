using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

/// <summary>What would be silently wrong without care: it is exported rightly, or refused with its line.</summary>
public sealed class HazardTests
{
    public HazardTests() => TestBridge.Require();

    public static TheoryData<string> Writes => [.. Hazards.Writes.Keys];

    [Theory]
    [MemberData(nameof(Writes))]
    public void Write_ThroughAView_IsFollowedOrRefused(string name)
    {
        try
        {
            Assert.True(OnnxExporter.Export(new Forward(Hazards.Writes[name]), randn(2, 6)).Parity.Passed);
        }
        catch (OnnxExportException refused)
        {
            Assert.Contains("Hazards.cs:", refused.Message); // refused with its line, and never by the gate
            Assert.DoesNotContain("does not agree", refused.Message);
        }
    }

    public static TheoryData<string> Baked => [.. Hazards.Refused.Keys];

    [Theory]
    [MemberData(nameof(Baked))]
    public void Value_ThatIsNotTheNetworks_IsRefusedWithItsLine(string name) => Refused(Hazards.Refused[name], "Hazards.cs:");

    [Fact]
    public void Output_OfAnotherThread_IsRefused() => Refused(x => Hazards.Elsewhere(() => x * 2), "was not made by anything that was recorded");

    [Fact]
    public void Size_ReadInTheProgram_FollowsTheBatch() =>
        Assert.True(OnnxExporter.Export(new Forward(x => x.view(x.shape[0] * 2, x.shape[1] / 2).sum([1]).view(x.shape[0], -1) / x.shape[0]), randn(2, 6)).Parity.Passed);

    [Fact]
    public void Randomness_InForward_IsNeverExported() => Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(new Forward(x => x + rand_like(x)), randn(2, 6)));

    [Fact]
    public void Exception_InForward_IsToldAndTracingEnds()
    {
        Refused(_ => throw new InvalidOperationException("out of paper"), "out of paper");

        Assert.True(OnnxExporter.Export(new Forward(x => x * 2), randn(2, 6)).Parity.Passed);
    }

    private static void Refused(Func<Tensor, Tensor> forward, params string[] parts)
    {
        var refused = Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(new Forward(forward), randn(2, 6)));
        foreach (var part in parts)
            Assert.Contains(part, refused.Message);
        Assert.DoesNotContain("does not agree", refused.Message);
    }
}
