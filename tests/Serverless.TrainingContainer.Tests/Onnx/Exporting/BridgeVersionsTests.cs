using Serverless.Onnx.Exporting;

namespace Serverless.TrainingContainer.Tests.Onnx.Exporting;

public sealed class BridgeVersionsTests
{
    [Theory]
    [InlineData("2.10.0", "2.10.0", true)]
    [InlineData("2.10.0", "2.10.1+cu128", true)]
    [InlineData("1.13.0", "1.13.1", true)]
    [InlineData("2.10.0", "2.9.1", false)]
    [InlineData("1.10.0", "2.10.0", false)]
    [InlineData("2.10.0", "", false)]
    [InlineData("", "", false)]
    public void Bridge_ForALibtorch_FitsTheSameMinorVersion(string builtFor, string loaded, bool fits) => Assert.Equal(fits, BridgeVersions.Refusal("bridge.so", builtFor, loaded) is null);

    [Fact]
    public void Refusal_OfAnotherVersion_NamesBothAndTheCure()
    {
        var refusal = BridgeVersions.Refusal("/opt/bridge.so", "2.6.0", "2.10.0")!;

        Assert.Contains("'/opt/bridge.so' was compiled for libtorch '2.6.0', and '2.10.0' is loaded", refusal);
        Assert.Contains("build.sh", refusal);
    }
}
