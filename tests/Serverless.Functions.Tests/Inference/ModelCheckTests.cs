using Serverless.Core.Failures;
using Serverless.Inference;
using Serverless.Inference.Checks;
using Serverless.Inference.Options;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;

namespace Serverless.Functions.Tests.Inference;

/// <summary>Models that must not harm the host: what the look through the file refuses, and what the child process does.</summary>
public sealed class ModelCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "empty", [], "empty" },
        { "text", "this is no model"u8.ToArray(), "no ONNX model" },
        { "zeros", new byte[100], "no ONNX model" },
        { "pickle", [0x80, 4, 0x95, 1, 2, 3], "Python pickle" },
        { "text pickle", "(dp0\nS'a'\n"u8.ToArray(), "Python pickle" },
        { "zip", [(byte)'P', (byte)'K', 3, 4, 0, 0], "zip archive" },
        { "gzip", [0x1f, 0x8b, 8, 0], "gzip" },
        { "JSON", "{\"a\":1}"u8.ToArray(), "JSON" },
        { "no graph", Wire.Number(1, 8), "no graph" },
        { "truncated", Models.Flowers()[..^20], "broken" },
        { "truncated in its graph", Models.Flowers()[..100], "cut off" },
        { "length over 2^63", [0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], "cut off" },
        { "group fields", [0x3b, 0x3c], "cut off" },
        { "external ../", Wire.EchoWith(Wire.Bytes(5, Wire.External("../../etc/passwd"))), "another file" },
        { "external absolute", Wire.EchoWith(Wire.Bytes(5, Wire.External("/etc/passwd"))), "another file" },
        { "external without location", Wire.EchoWith(Wire.Bytes(5, Wire.Tensor("w", [1], null, Wire.Number(14, 1)))), "another file" },
        { "external entries alone", Wire.EchoWith(Wire.Bytes(5, Wire.Tensor("w", [1], null, Wire.Bytes(13, Wire.Text(1, "location"))))), "another file" },
        { "external in a sparse initializer", Wire.EchoWith(Wire.Bytes(15, Wire.Bytes(1, Wire.External("../x")))), "another file" },
        { "external in sparse indices", Wire.EchoWith(Wire.Bytes(15, Wire.Bytes(2, Wire.External("../x")))), "another file" },
        { "external in a constant", Wire.EchoWith(Wire.Node("Constant", "", "c", Wire.Attribute("value", 4, Wire.Bytes(5, Wire.External("x"))))), "another file" },
        { "external in a sparse constant", Wire.EchoWith(Wire.Node("Constant", "", "c", Wire.Attribute("sparse_value", 11, Wire.Bytes(22, Wire.Bytes(1, Wire.External("x")))))), "another file" },
        { "external in a list of tensors", Wire.EchoWith(Wire.Node("Constant", "", "c", Wire.Attribute("values", 9, Wire.Bytes(10, Wire.External("x"))))), "another file" },
        { "external in a nested graph", Wire.EchoWith(Wire.Node("If", "c", "z", Wire.Attribute("then_branch", 5, Wire.Bytes(6, Wire.Bytes(5, Wire.External("x")))))), "another file" },
        { "external in a function", Wire.Join(Wire.EchoWith(), Wire.Bytes(25, Wire.Bytes(7, Wire.Bytes(5, Wire.Bytes(5, Wire.External("x")))))), "another file" },
        { "raw data shorter than its shape", Wire.EchoWith(Wire.Bytes(5, Wire.Tensor("w", [3], [0, 0, 0, 0]))), "has 4 bytes where its shape of 3 elements needs 12" },
        { "raw data longer than its shape", Wire.EchoWith(Wire.Bytes(5, Wire.Tensor("w", [1], new byte[8]))), "has 8 bytes" },
        { "shape that overflows", Wire.EchoWith(Wire.Bytes(5, Wire.Tensor("w", [1UL << 32, 1UL << 32], new byte[8]))), "overflows" },
        { "shape that overflows, packed", Wire.EchoWith(Wire.Bytes(5, Wire.Join(Wire.Bytes(1, [.. Wire.Varint(1UL << 40), .. Wire.Varint(1UL << 40)]), Wire.Number(2, 1), Wire.Bytes(9, [])))), "overflows" },
        { "shape that is negative", Wire.EchoWith(Wire.Bytes(5, Wire.Tensor("w", [ulong.MaxValue], new byte[8]))), "negative dimension -1" },
        { "custom domain", Wire.EchoWith(Wire.Node("Steal", "x", "z", Wire.Text(7, "com.evil"))), "'com.evil'" },
        { "custom domain in a nested graph", Wire.EchoWith(Wire.Node("If", "c", "z", Wire.Attribute("then_branch", 5, Wire.Bytes(6, Wire.Node("Steal", "x", "z", Wire.Text(7, "com.evil")))))), "'com.evil'" },
        { "training graph", Wire.Join(Wire.EchoWith(), Wire.Bytes(20, [])), "training graph" },
        { "nested graphs", Nested(40), "nested more than 16 deep" },
        { "nested graphs by the thousand", Nested(3_000), "nested more than 16 deep" },
        { "many nodes", Wire.EchoWith(Enumerable.Repeat(Wire.Node("Identity", "x", "z"), 200_001)), "more than 200000 operators" },
        { "many constants", Wire.EchoWith(Enumerable.Repeat(Wire.Bytes(5, Wire.Tensor("w", [], null)), 200_001)), "more than 200000 constants" },
        { "many inputs", Wire.EchoWith(Enumerable.Repeat(Wire.Bytes(11, []), 5_000)), "more than 4096 inputs" },
    };

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "unknown operator", Wire.Model(Wire.Node("NoSuchOperator", "x", "y")), "NoSuchOperator" },
        { "opset of the future", Wire.Join(Wire.EchoWith(), Wire.Bytes(8, Wire.Number(2, 9999))), "9999" },
        { "version of the format of the future", Wire.Join(Wire.EchoWith(), Wire.Number(1, 9999)), "9999" },
        { "cycle", Wire.Model(Wire.Node("Identity", "y", "z"), Wire.Node("Identity", "z", "y")), "cannot load" },
        { "input that nobody gives", Wire.Model(Wire.Node("Identity", "nowhere", "y")), "nowhere" },
        { "endless loop in constants", Models.Loop(long.MaxValue), "did not " },
        { "constants beyond the memory", Bomb(), "fails on an empty row" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Scan_BadFile_IsRefusedBeforeAnythingNativeSeesIt(string what, byte[] file, string said)
    {
        var check = ModelScan.Refuse(file, ScanLimits.Usual);
        Assert.True(check is not null, $"The file with {what} was let through.");
        Assert.Contains(said, check.Message);
        Assert.False(string.IsNullOrEmpty(check.Cure));
    }

    [Fact]
    public void Scan_GoodModels_LetsThrough()
    {
        foreach (var model in new[] { Models.Flowers(), Models.Plus(1), Models.Loop(), Models.Echo(ElementType.String), Wire.EchoWith() })
            Assert.Null(ModelScan.Refuse(model, ScanLimits.Usual));
        var ownFunction = Wire.Join(Wire.EchoWith(Wire.Node("F", "x", "z", Wire.Text(7, "own"))), Wire.Bytes(25, Wire.Join(Wire.Text(1, "F"), Wire.Text(10, "own"))));
        Assert.Null(ModelScan.Refuse(ownFunction, ScanLimits.Usual));
    }

    [Fact]
    public void Scan_EveryFlippedBitAndEveryPrefix_EndsQuietly()
    {
        var model = Models.Flowers();
        for (var i = 0; i < model.Length; i++)
        {
            ModelScan.Refuse(model.AsSpan(0, i), ScanLimits.Usual);
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = model.ToArray();
                flipped[i] ^= (byte)(1 << bit);
                ModelScan.Refuse(flipped, ScanLimits.Usual);
            }
        }
    }

    [Fact]
    public async Task Prepare_GoodModel_GivesItsSignatureFromTheChild()
    {
        using var served = new ServedModels();
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("flowers", 1, Models.Flowers()), Cancel);
        Assert.True(check.Passed, check.Message);
        Assert.Equal(["height", "width", "colour"], check.Inputs.Select(port => port.Name));
        Assert.Equal(["label", "probabilities"], check.Outputs.Select(port => port.Name));
        Assert.Equal(0, served.Sessions.Loads);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Prepare_BadModel_IsRefusedByTheChild(string what, byte[] file, string said)
    {
        Assert.Null(ModelScan.Refuse(file, ScanLimits.Usual));
        using var served = new ServedModels(options => options with { CheckLimit = TimeSpan.FromSeconds(8), CheckMemoryBytes = 512 << 20 });
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("bad", 1, file), Cancel);
        Assert.False(check.Passed, what);
        Assert.Contains(said, check.Message);
        Assert.False(string.IsNullOrEmpty(check.Cure));
    }

    [Theory]
    [InlineData("hang", "did not load within 1 s")]
    [InlineData("crash", "died with exit code")]
    [InlineData("babble", "died with exit code 0")]
    [InlineData("nonsense", "died with exit code 64")]
    public async Task Prepare_ChildThatMisbehaves_IsEndedAndTheModelRefused(string manner, string said)
    {
        using var served = new ServedModels(options => options with { CheckCommand = ServedModels.CheckCommand(manner), CheckLimit = TimeSpan.FromSeconds(1) });
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("m", 1, Models.Plus(1)), Cancel);
        Assert.False(check.Passed);
        Assert.True(check.Message!.Contains(said) || check.Message.Contains("did not load within"), check.Message);
    }

    [Fact]
    public async Task Prepare_Child_GetsNoSecrets()
    {
        Environment.SetEnvironmentVariable("SERVERLESS_TEST_SECRET", "a-secret");
        using var served = new ServedModels(options => options with { CheckCommand = ServedModels.CheckCommand("environment") });
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("m", 1, Models.Plus(1)), Cancel);
        Assert.Contains("exit code 3", check.Message);
        Assert.Contains("PATH", check.Message);
        Assert.DoesNotContain("SERVERLESS_TEST_SECRET", check.Message);
    }

    [Fact]
    public async Task Prepare_LibraryThatIsNotThere_RefusesTheModelWithTheCure()
    {
        using var served = new ServedModels(options => options with { LibraryPath = "/nowhere/libonnxruntime.so" });
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("m", 1, Models.Plus(1)), Cancel);
        Assert.False(check.Passed);
        Assert.Contains("/nowhere/libonnxruntime.so", check.Message);
        Assert.Contains("SERVERLESS_ONNXRUNTIME", check.Cure);
    }

    [Fact]
    public async Task Prepare_ProgramThatIsNotThere_IsAFaultOfTheHost()
    {
        using var served = new ServedModels(options => options with { CheckCommand = ["no-such-program-at-all"] });
        var model = await served.RegisterAsync("m", 1, Models.Plus(1));
        Assert.True((await Assert.ThrowsAsync<ServerlessException>(() => served.Host.PrepareAsync(model, Cancel))).Retryable);
    }

    [Fact]
    public async Task Probe_ModelThatFailsOnAnEmptyRow_IsRefused()
    {
        using var served = new ServedModels();
        var graph = new GraphBuilder("strict");
        graph.Reserve("y");
        var x = graph.Input("x", ElementType.Float, Dimension.Named("rows"), Dimension.Unknown);
        graph.Output(graph.Node("MatMul", [x, graph.Constant("w", OnnxTensor.Of([1f, 2f, 3f], 3, 1))], output: "y"), TensorType.Of(ElementType.Float, Dimension.Named("rows"), 1));
        var check = await served.Host.ProbeAsync(await served.RegisterAsync("strict", 1, ModelWriter.ToBytes(graph.ToModel("test", "1"))), Cancel);
        Assert.False(check.Passed);
        Assert.Contains("fails on an empty row", check.Message);
    }

    [Fact]
    public void AddInference_WithoutACheckCommand_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddInference(new InferenceOptions { CheckCommand = [] }));

    /// <summary>A constant of 4 TB, made by an operator, so that the file itself is small.</summary>
    private static byte[] Bomb()
    {
        var graph = new GraphBuilder("bomb");
        graph.Reserve("y");
        graph.Input("x", ElementType.Float, 1);
        var all = graph.Node("ConstantOfShape", [graph.Constant("s", OnnxTensor.Of([1L << 20, 1L << 20], 2))]);
        graph.Output(graph.Node("ReduceSum", [all], [OnnxAttribute.Of("keepdims", 0L)], "y"), TensorType.Of(ElementType.Float));
        return ModelWriter.ToBytes(graph.ToModel("test", "1"));
    }

    /// <summary>If within If within If.</summary>
    private static byte[] Nested(int depth)
    {
        var graph = Wire.Node("Identity", "x", "z");
        for (var i = 0; i < depth; i++)
            graph = Wire.Node("If", "c", "z", Wire.Attribute("then_branch", 5, Wire.Bytes(6, graph)));
        return Wire.EchoWith(graph);
    }
}
