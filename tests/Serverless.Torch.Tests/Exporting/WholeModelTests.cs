using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

public sealed class WholeModelTests
{
    [Fact]
    public void Module_WithAForwardOfItsOwn_IsExported()
    {
        TestBridge.Require();
        var export = OnnxExporter.Export(new Residual(), randn(4, 6));

        Assert.True(export.Parity.Passed);
        Assert.InRange(export.Parity.Largest, 0, 1e-5);
    }
}
