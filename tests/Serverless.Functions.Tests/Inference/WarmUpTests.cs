using Serverless.Inference;
using Serverless.Inference.Options;
using Serverless.OnnxRuntime;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;
using ElementType = Serverless.Onnx.Graphs.ElementType;

namespace Serverless.Functions.Tests.Inference;

public sealed class WarmUpTests
{
    [Fact]
    public async Task WarmUp_AtStart_AnswersOneOfEachKind()
    {
        var options = new InferenceOptions { CheckCommand = ["none"] };
        Assert.Equal([200, 200], await WarmUp.RunAsync(NativeRuntime.Shared(), options, TimeProvider.System));
    }

    [Fact]
    public void WarmUpModel_Written_IsTheOneThatIsEmbedded()
    {
        var rows = Dimension.Named("rows");
        var graph = new GraphBuilder("warm-up", 13);
        graph.Reserve("label", "probabilities");
        var number = graph.Input("number", ElementType.Float, rows, 1);
        var text = graph.Input("text", ElementType.String, rows, 1);
        graph.Output(graph.Node("Identity", [text], output: "label"));
        graph.Output(graph.Node("Identity", [number], output: "probabilities"));
        Assert.Equal(WarmUp.Model, Convert.ToBase64String(ModelWriter.ToBytes(graph.ToModel("serverless", "1"))));
    }
}
