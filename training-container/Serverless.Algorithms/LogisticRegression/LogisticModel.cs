using Serverless.Algorithms.Learning;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Features;
using Serverless.Training.Rows;
using Serverless.Training.Scores;
using Serverless.Training.Served;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>
/// Writes the model. Its inputs are the raw columns, its outputs <c>label</c> and <c>probabilities</c>. Everything in between is in the graph, so that training and prediction
/// cannot drift apart.
/// </summary>
internal static class LogisticModel
{
    public static void Write(string folder, LearningRows data, SoftmaxObjective objective, double[] weights, ClassificationScores? scores) =>
        ServedModel.Write(folder, Build(data, objective, weights, scores));

    public static OnnxModel Build(LearningRows data, SoftmaxObjective objective, double[] weights, ClassificationScores? scores)
    {
        var graph = new GraphBuilder("logistic-regression");
        graph.Reserve([.. ClassGraph.Outputs]);
        var plan = data.Plan;
        var inputs = TableGraph.Inputs(graph, plan);
        var outputs = Weights.Of(objective, plan, data.Labels.Names.Count, weights);
        GraphValue? logits = null;
        if (plan.Numbers.Count > 0)
            logits = graph.Node("Gemm", [TableGraph.Dense(graph, plan, inputs), graph.Constant("weights", outputs.Dense), graph.Constant("intercepts", outputs.Intercepts)]);
        if (plan.Categories.Count > 0)
        {
            var slots = Slots(graph, plan, inputs, outputs);
            logits = graph.Node("Add", [slots, logits ?? graph.Constant("intercepts", outputs.Intercepts)]);
        }

        ClassGraph.Add(graph, logits!, data.Labels);
        return graph.ToModel("Serverless.Algorithms", typeof(LogisticModel).Assembly.GetName().Version!.ToString(3), ServedMetadata.Of("logistic-regression", data, scores));
    }

    /// <summary>Each category adds the weights of its slot: a table look-up instead of a product with ones and zeros. The last row of the table is zero, for what has no slot.</summary>
    private static GraphValue Slots(GraphBuilder graph, FeaturePlan plan, Dictionary<int, GraphValue> inputs, Weights weights)
    {
        var slots = TableGraph.Slots(graph, plan, inputs, plan.SlotCount);
        var all = slots.Count == 1 ? slots[0] : graph.Node("Concat", slots, [OnnxAttribute.Of("axis", 1)]);
        var rows = graph.Node("Gather", [graph.Constant("slotWeights", weights.Slots), all], [OnnxAttribute.Of("axis", 0)]);
        return graph.Node("ReduceSum", [rows, graph.Constant("alongSlots", OnnxTensor.Of([1L], 1))], [OnnxAttribute.Of("keepdims", 0)]);
    }
}
