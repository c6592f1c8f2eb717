using System.Globalization;
using Serverless.Torch.Exporting;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

public sealed class ModuleKindTests(KindTable table) : IClassFixture<KindTable>
{
    private const int Configurations = 10;
    private const double Limit = 1e-4;

    public static TheoryData<string> Names => [.. ModuleKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kind_InTenConfigurations_IsExportedWithinTheLimit(string name)
    {
        TestBridge.Require();
        var kind = ModuleKinds.All.Single(each => each.Name == name);

        var worst = Enumerable.Range(0, Configurations).Max(i => Deviation(kind, i));

        table.Keep(kind, worst);
        Assert.InRange(worst, 0, Limit);
    }

    [Fact]
    public void Table_InTheDocument_HasEveryKind() => Assert.Equal(ModuleKinds.All.Select(kind => kind.Name), KindTable.Documented);

    private static double Deviation(ModuleKind kind, int configuration)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(configuration);
        var sample = kind.Make(new(configuration));
        try
        {
            return (sample.Call is { } call
                ? OnnxExporter.Export(sample.Module, sample.Examples, call, sample.Options)
                : OnnxExporter.Export(sample.Module, sample.Examples, sample.Options)).Parity.Largest;
        }
        catch (OnnxExportException refused)
        {
            throw new Xunit.Sdk.XunitException(string.Create(CultureInfo.InvariantCulture, $"{kind.Name} with {sample.Settings}: {refused.Message}"));
        }
    }
}
