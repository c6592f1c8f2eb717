using System.Globalization;
using Serverless.Onnx.Walking;
using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

/// <summary>Where there is no bridge: modules by their settings, in the same configurations and within the same limit.</summary>
public sealed class WalkedKindTests
{
    private const int Configurations = 10;

    /// <summary>TorchSharp 0.106: a new Hardtanh does nothing unless it is in place, which the gate finds; an RNN does not say which function it has.</summary>
    private static readonly string[] Unreadable = ["Hardtanh", "RNN"];

    public static TheoryData<string> Names => [.. ModuleKinds.All.Where(kind => ModuleWalker.Kinds.Contains(kind.Name.Split(' ')[0]) && !Unreadable.Contains(kind.Name)).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kind_ByItsSettings_IsExportedWithinTheLimit(string name)
    {
        var kind = ModuleKinds.All.Single(each => each.Name == name);
        for (var i = 0; i < Configurations; i++)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(i);
            var sample = kind.Make(new(i));
            try
            {
                var options = sample.Options with { Way = ExportWay.Walked };
                var export = sample.Call is { } call ? OnnxExporter.Export(sample.Module, sample.Examples, call, options) : OnnxExporter.Export(sample.Module, sample.Examples, options);
                Assert.InRange(export.Parity.Largest, 0, 1e-4);
            }
            catch (OnnxExportException refused)
            {
                throw new Xunit.Sdk.XunitException(string.Create(CultureInfo.InvariantCulture, $"{kind.Name} with {sample.Settings}: {refused.Message}"));
            }
        }
    }

    [Fact]
    public void Forward_OfItsOwn_IsRefusedWithItsNameAndTheCure()
    {
        var module = nn.Sequential(("first", nn.Linear(6, 6)), ("mine", new Residual()));

        var refused = Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(module, randn(2, 6), new() { Way = ExportWay.Walked }));

        Assert.Contains("'mine' (Residual)", refused.Message);
        Assert.Contains("bridge", refused.Message);
    }
}
