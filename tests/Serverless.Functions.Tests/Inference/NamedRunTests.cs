using System.Runtime.InteropServices;
using Serverless.OnnxRuntime;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Inference;

/// <summary>Runs by name, as the parity gate of exported models makes them.</summary>
public sealed class NamedRunTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_NumbersAndTexts_GivesEveryOutputByName()
    {
        using var session = OnnxSession.Load(NativeRuntime.Shared(), Models.Flowers(), new SessionSettings());
        var outputs = session.Run([Numbers("width", 1, 2), Numbers("height", 3, 4), Texts("colour", "red", "blue")], Limit, Cancel);
        Assert.Equal(["label", "probabilities"], outputs.Select(output => output.Name));
        Assert.Equal(2, outputs[0].Texts?.Count);
        Assert.Equal([2, 3], outputs[1].Shape);
        Assert.Equal(6 * sizeof(float), outputs[1].Data.Length);
    }

    [Fact]
    public void Run_WrongInputs_NamesAllOfThem()
    {
        using var session = OnnxSession.Load(NativeRuntime.Shared(), Models.Flowers(), new SessionSettings());
        var failure = Assert.Throws<ArgumentException>(() => session.Run(
            [new NamedTensor("height", ElementType.Float64, [1, 1], new byte[8]), Numbers("width", 1) with { Shape = [3, 1] }, Numbers("depth", 1)], Limit, Cancel));
        Assert.Contains("'height' is FP32; the tensor is FP64", failure.Message);
        Assert.Contains("'width' has 1 elements; its shape [3, 1] asks for 3", failure.Message);
        Assert.Contains("no input 'depth'", failure.Message);
        Assert.Contains("'colour' must be given once", failure.Message);
    }

    [Fact]
    public void LoadFile_ModelWithoutExternalData_AnswersLikeTheBytes()
    {
        using var folder = new TempFolder();
        var path = folder["größe.onnx"];
        File.WriteAllBytes(path, Models.Plus(1));
        using var session = OnnxSession.LoadFile(NativeRuntime.Shared(), path, new SessionSettings());
        var input = Assert.Single(session.Inputs);
        var output = Assert.Single(session.Run([Numbers(input.Name, 41) with { Shape = [.. input.Shape.Select(_ => 1L)] }], Limit, Cancel));
        Assert.Equal(42, MemoryMarshal.Cast<byte, float>(output.Data.Span)[0]);
    }

    [Fact]
    public void LoadFile_FileThatIsNotThere_SaysItsPath() =>
        Assert.Contains("/nowhere/model.onnx", Assert.Throws<OnnxException>(() => OnnxSession.LoadFile(NativeRuntime.Shared(), "/nowhere/model.onnx", new SessionSettings())).Message);

    private static NamedTensor Numbers(string name, params float[] values) => new(name, ElementType.Float32, [values.Length, 1], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static NamedTensor Texts(string name, params string[] values) => new(name, ElementType.Text, [values.Length, 1], default) { Texts = values };
}
