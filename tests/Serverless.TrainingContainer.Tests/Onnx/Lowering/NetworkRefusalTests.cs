using System.Text;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Recording;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>What ONNX cannot give, or evaluation does not do, is refused with the place and the cure.</summary>
public sealed class NetworkRefusalTests
{
    [Theory]
    [InlineData("aten::dropout", """{"float":0.5}""", """{"bool":true}""")]
    [InlineData("aten::feature_dropout", """{"float":0.5}""", """{"bool":true}""")]
    public void Lower_DropoutInTraining_IsRefusedWithTheCure(string op, string p, string training)
    {
        var refusal = Refusal(op, p, training);

        Assert.Contains("training mode", refusal, StringComparison.Ordinal);
        Assert.Contains("eval()", refusal, StringComparison.Ordinal);
        Assert.Contains("Net.cs:7 in Net.forward", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Lower_DropoutInTrainingThatDropsNothing_IsLowered() => Assert.Empty(Lower("aten::dropout", """{"float":0}""", """{"bool":true}""").Refusals);

    [Fact]
    public void Lower_OneHotWithoutClasses_IsRefused() => Assert.Contains("number of classes", Refusal("aten::one_hot", """{"int":-1}"""), StringComparison.Ordinal);

    [Fact]
    public void Lower_RandomizedReluInTraining_IsRefused() => Assert.Contains("eval()", Refusal("aten::rrelu", """{"float":0.1}""", """{"float":0.3}""", """{"bool":true}"""), StringComparison.Ordinal);

    [Fact]
    public void Lower_UnshuffleThatDoesNotDivide_IsRefused() => Assert.Contains("multiple of 3", Refusal("aten::pixel_unshuffle", """{"int":3}"""), StringComparison.Ordinal);

    [Fact]
    public void Lower_AttentionThatDropsOut_IsRefused() =>
        Assert.Contains("eval()", Refusal("aten::scaled_dot_product_attention", """{"none":true}""", """{"none":true}""", """{"none":true}""", """{"float":0.1}"""), StringComparison.Ordinal);

    [Fact]
    public void Lower_FractionalPooling_IsRefused() => Assert.Contains("random numbers", Refusal("aten::fractional_max_pool2d"), StringComparison.Ordinal);

    [Fact]
    public void Lower_UnknownPaddingMode_IsRefusedWithTheModes() => Assert.Contains("reflect, replicate, circular, constant", Refusal("aten::pad", """{"ints":[1,1]}""", """{"string":"odd"}"""), StringComparison.Ordinal);

    private static string Refusal(string op, params string[] constants) => Assert.Single(Lower(op, constants).Refusals).ToString();

    /// <summary>One operator on an input [2, 4] with constants behind it.</summary>
    private static LoweringResult Lower(string op, params string[] constants)
    {
        var nodes = constants.Select((value, i) => $$$"""{"op":"prim::Constant","in":[],"out":[{"id":{{{i + 1}}},"type":{"kind":"other"}}],"value":{{{value}}}},""");
        var element = op.EndsWith("one_hot", StringComparison.Ordinal) ? "int64" : "float32";
        var json = $$$"""
            {"version":1,"torch":"1.13.1","inputs":[{"id":0,"name":"x","role":"input","type":{"dtype":"{{{element}}}","shape":[2,4]}}],"nodes":[{{{string.Concat(nodes)}}}
            {"op":"{{{op}}}","in":[{{{string.Join(",", Enumerable.Range(0, constants.Length + 1))}}}],"out":[{"id":99,"type":{"dtype":"{{{element}}}","shape":[2,4]}}],"place":"Net.cs:7 in Net.forward"}],"outputs":[{"id":99,"name":"y"}]}
            """;
        var graph = RecordedGraphReader.Read(Encoding.UTF8.GetBytes(json), [], out var errors);
        Assert.Empty(errors);
        return GraphLowering.Lower([graph!], new());
    }
}
