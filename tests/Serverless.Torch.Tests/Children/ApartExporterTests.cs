using System.Diagnostics;
using System.Text.Json;
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

        Assert.Contains("was ended by signal 6 (SIGABRT); the last operator that began was aten::matmul (ApartExporterTests.cs:", crash.Message);
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
            ApartExporter.ExportAsync(Program(), module, new ResidualRecipe(6), [randn(4, 6)], Target, new(), new() { Limit = TimeSpan.FromMilliseconds(1) }, TestContext.Current.CancellationToken));

        Assert.Contains("was ended, because it took longer than 00:00:00.0010000", late.Message);
    }

    [Fact]
    public async Task Recipe_ThatForgetsASettingWithoutWeights_IsRefused()
    {
        using var module = new PooledRecipe(2).Build();
        using var example = randn(4, 3, 8);

        var refused = await Assert.ThrowsAsync<OnnxExportException>(() => ApartExporter.ExportAsync(
            Program(), module, new PooledRecipe(4), [example], Target, new(), new() { Outputs = [((nn.Module<Tensor, Tensor>)module).forward(example)] }, TestContext.Current.CancellationToken));

        Assert.Contains("computes something else than the module that was trained", refused.Message);
        Assert.Contains("the shape is [4, 3, 2], the original's is [4, 3, 4]", refused.Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Process_ThatWantsMoreMemoryThanItMay_EndsAloneAndSaysTheBound()
    {
        using var module = new WideRecipe(1).Build();

        var ended = await Assert.ThrowsAsync<OnnxExportException>(() => ApartExporter.ExportAsync(
            Program(), module, new WideRecipe(1 << 29), [randn(4, 6)], Target, new(), new() { Limit = Limit, MemoryBytes = 1 << 30 }, TestContext.Current.CancellationToken));

        Assert.True(ended.Message.Contains("It may take 1024 MiB", StringComparison.Ordinal) || ended.Message.Contains("can't allocate memory", StringComparison.Ordinal), ended.Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Process_WhoseStarterIsGone_EndsToo()
    {
        using var child = Process.Start(new ProcessStartInfo(Program().File, [ExportChild.Verb, Request(new ForeverRecipe())]) { RedirectStandardInput = true })!;

        child.StandardInput.Close(); // what the end of the starter does

        await child.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(128 + 9, child.ExitCode);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<ApartExport> Export(nn.Module module, IModuleRecipe recipe) =>
        ApartExporter.ExportAsync(Program(), module, recipe, [randn(4, 6)], Target, new(), new() { Limit = Limit }, TestContext.Current.CancellationToken);

    private static ChildProgram Program() => new(Path.Combine(AppContext.BaseDirectory, "Serverless.Torch"), []);

    internal sealed record ResidualRecipe(long Width) : IModuleRecipe
    {
        public nn.Module Build() => new Residual(Width);
    }

    private string Request(IModuleRecipe recipe)
    {
        var type = recipe.GetType();
        var request = new ExportRequest(type.AssemblyQualifiedName!, type.Assembly.Location, JsonSerializer.SerializeToElement(recipe, type, ExportRequest.Json), [], null, Target, new(), 1L << 30);
        using (var file = File.Create(Path.Combine(folder.FullName, ExportRequest.FileName)))
            JsonSerializer.Serialize(file, request, ExportRequest.Json);
        return folder.FullName;
    }

    /// <summary>A setting that no weight shows.</summary>
    internal sealed record PooledRecipe(long Width) : IModuleRecipe
    {
        public nn.Module Build() => nn.AvgPool1d(Width);
    }

    /// <summary>Two GiB of weights at the greatest width.</summary>
    internal sealed record WideRecipe(long Width) : IModuleRecipe
    {
        public nn.Module Build() => nn.Linear(1, Width);
    }

    internal sealed record ForeverRecipe : IModuleRecipe
    {
        public nn.Module Build()
        {
            using var never = new ManualResetEvent(false);
            never.WaitOne();
            return nn.Identity();
        }
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
