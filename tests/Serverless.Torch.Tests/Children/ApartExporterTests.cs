using Serverless.Torch.Children;
using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Children;

/// <summary>An export in a process of its own, which is a real one: the program of the trainers.</summary>
public sealed class ApartExporterTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("serverless-test-");

    public ApartExporterTests() => TestBridge.Require();

    private string Target => Path.Combine(folder.FullName, "model.onnx");

    [Fact]
    public async Task Module_FromARecipeAndItsWeights_IsTheOneThatWasTrained()
    {
        using var module = new ResidualRecipe(6).Build();

        var export = await Export(module, new ResidualRecipe(6));

        Assert.True(export.Parity.Passed);
        var here = OnnxExporter.Export(module, randn(4, 6));
        var there = Onnx.Reading.ModelReader.Read(File.ReadAllBytes(Target));
        Assert.Equal(here.Model.Graph.Initializers.Select(weight => weight.Data.ToArray()), there.Graph.Initializers.Select(weight => weight.Data.ToArray()));
    }

    [Fact]
    public async Task Crash_InNativeCode_NamesTheOperatorAndItsLineAndLosesNothing()
    {
        using var module = new CrashRecipe().Build();

        var crash = await Assert.ThrowsAsync<OnnxExportException>(() => Export(module, new CrashRecipe()));

        Assert.Contains("the last operator that began was aten::matmul (ApartExporterTests.cs:", crash.Message);
        Assert.Contains("The weights of this process are untouched.", crash.Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Refusal_InTheOtherProcess_IsToldHere()
    {
        using var module = new ItemRecipe().Build();

        var refused = await Assert.ThrowsAsync<OnnxExportException>(() => Export(module, new ItemRecipe()));

        Assert.Contains("ApartExporterTests.cs:", refused.Message);
    }

    [Fact]
    public async Task Process_ThatTakesTooLong_IsEnded()
    {
        using var module = new ResidualRecipe(6).Build();

        var late = await Assert.ThrowsAsync<OnnxExportException>(() =>
            ApartExporter.ExportAsync(Program(), module, new ResidualRecipe(6), [randn(4, 6)], Target, new(), TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken));

        Assert.Contains("took longer than 00:00:00.0010000", late.Message);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<ApartExport> Export(nn.Module module, IModuleRecipe recipe) =>
        ApartExporter.ExportAsync(Program(), module, recipe, [randn(4, 6)], Target, new(), Limit, TestContext.Current.CancellationToken);

    private static ChildProgram Program() => new(Path.Combine(AppContext.BaseDirectory, "Serverless.Torch"), []);

    internal sealed record ResidualRecipe(long Width) : IModuleRecipe
    {
        public nn.Module Build() => new Residual(Width);
    }

    /// <summary>Shapes that do not fit: TorchSharp 0.106 does not catch what libtorch throws then.</summary>
    internal sealed record CrashRecipe : IModuleRecipe
    {
        public nn.Module Build() => new Forward(x => x.relu().matmul(x));
    }

    internal sealed record ItemRecipe : IModuleRecipe
    {
        public nn.Module Build() => new Forward(x => x * x.sum().item<float>());
    }
}
