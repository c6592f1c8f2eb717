using Serverless.Algorithms.Learning;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;
using Serverless.Training.Features;
using Serverless.Training.Scores;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>
/// Writes the model. Its inputs are the raw columns, one each: numbers as 32-bit floating point, NaN where one is missing; texts as strings, empty where one is missing.
/// Its outputs are <c>label</c> and <c>probabilities</c>. Everything in between is in the graph, so that training and prediction cannot drift apart.
/// </summary>
internal static class LogisticModel
{
    public const string LabelOutput = "label";
    public const string ProbabilitiesOutput = "probabilities";
    public const string FileName = "model.onnx";
    private static readonly Dimension Batch = Dimension.Named("N");

    public static void Write(string folder, TrainingData data, SoftmaxObjective objective, double[] weights, ClassificationScores? scores)
    {
        var model = Build(data, objective, weights, scores);
        if (OnnxChecker.Check(model) is [var finding, ..])
            throw new InvalidOperationException($"The model that was built is not sound: {finding} Please report this with the table's header.");
        var bytes = ModelWriter.ToBytes(model);
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, FileName);
        File.WriteAllBytes(target + ".tmp", bytes);
        File.Move(target + ".tmp", target, overwrite: true);
    }

    public static OnnxModel Build(TrainingData data, SoftmaxObjective objective, double[] weights, ClassificationScores? scores)
    {
        var graph = new GraphBuilder("logistic-regression");
        graph.Reserve(LabelOutput, ProbabilitiesOutput);
        var plan = data.Plan;
        var inputs = Inputs(graph, plan);
        var outputs = Weights.Of(objective, plan, data.Labels.Names.Count, weights);
        GraphValue? logits = null;
        if (plan.Numbers.Count > 0)
            logits = graph.Node("Gemm", [Dense(graph, plan, inputs), graph.Constant("weights", outputs.Dense), graph.Constant("intercepts", outputs.Intercepts)]);
        if (plan.Categories.Count > 0)
        {
            var slots = Slots(graph, plan, inputs, outputs);
            logits = graph.Node("Add", [slots, logits ?? graph.Constant("intercepts", outputs.Intercepts)]);
        }

        var probabilities = graph.Node("Softmax", [logits], [OnnxAttribute.Of("axis", 1)], ProbabilitiesOutput);
        var best = graph.Node("ArgMax", [probabilities], [OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0)]);
        var classes = data.Labels.Numbers is { } numbers ? OnnxTensor.Of([.. numbers], numbers.Count) : OnnxTensor.Of(data.Labels.Names, data.Labels.Names.Count);
        graph.Output(graph.Node("Gather", [graph.Constant("classes", classes), best], [OnnxAttribute.Of("axis", 0)], LabelOutput));
        graph.Output(probabilities);
        return graph.ToModel("Serverless.Algorithms", typeof(LogisticModel).Assembly.GetName().Version!.ToString(3), LogisticMetadata.Of(data, scores));
    }

    /// <summary>One input a column, in the order of the table.</summary>
    private static Dictionary<int, GraphValue> Inputs(GraphBuilder graph, FeaturePlan plan) =>
        plan.Numbers.Select(number => (number.Column, number.Name, Element: ElementType.Float))
            .Concat(plan.Categories.Select(category => (category.Column, category.Name, Element: ElementType.String)))
            .OrderBy(column => column.Column)
            .ToDictionary(column => column.Column, column => graph.Input(column.Name, column.Element, Batch, 1));

    private static GraphValue Dense(GraphBuilder graph, FeaturePlan plan, Dictionary<int, GraphValue> inputs)
    {
        var numbers = plan.Numbers;
        OnnxAttribute[] alongColumns = [OnnxAttribute.Of("axis", 1)];
        var raw = graph.Node("Concat", [.. numbers.Select(number => inputs[number.Column])], alongColumns);
        var centred = graph.Node("Sub", [raw, graph.Constant("means", OnnxTensor.Of([.. numbers.Select(number => number.Mean)], 1, numbers.Count))]);
        var scaled = graph.Node("Mul", [centred, graph.Constant("scales", OnnxTensor.Of([.. numbers.Select(number => number.Scale)], 1, numbers.Count))]);
        var missing = graph.Node("Or", [graph.Node("IsNaN", [raw]), graph.Node("IsInf", [raw])]);
        var filled = graph.Node("Where", [missing, graph.Constant("zero", OnnxTensor.Of([0f])), scaled]);
        long[] indicated = [.. Enumerable.Range(0, numbers.Count).Where(i => numbers[i].HasIndicator).Select(i => (long)i)];
        if (indicated.Length == 0)
            return filled;
        var flags = graph.Node("Gather", [graph.Node("Cast", [missing], [OnnxAttribute.Of("to", (long)ElementType.Float)]), graph.Constant("indicated", OnnxTensor.Of(indicated, indicated.Length))], alongColumns);
        return graph.Node("Concat", [filled, flags], alongColumns);
    }

    /// <summary>Each category adds the weights of its slot: a table look-up instead of a product with ones and zeros. The last row of the table is zero, for what has no slot.</summary>
    private static GraphValue Slots(GraphBuilder graph, FeaturePlan plan, Dictionary<int, GraphValue> inputs, Weights weights)
    {
        var slots = new List<GraphValue>();
        var offset = 0;
        foreach (var category in plan.Categories)
        {
            var (keys, values, fallback) = CategoryKeys.Of(category, offset, plan.SlotCount);
            slots.Add(graph.Node("ai.onnx.ml/LabelEncoder", [inputs[category.Column]],
                [OnnxAttribute.Of("keys_strings", keys), OnnxAttribute.Of("values_int64s", values), OnnxAttribute.Of("default_int64", fallback)]));
            offset += category.Slots;
        }

        var all = slots.Count == 1 ? slots[0] : graph.Node("Concat", slots, [OnnxAttribute.Of("axis", 1)]);
        var rows = graph.Node("Gather", [graph.Constant("slotWeights", weights.Slots), all], [OnnxAttribute.Of("axis", 0)]);
        return graph.Node("ReduceSum", [rows, graph.Constant("alongSlots", OnnxTensor.Of([1L], 1))], [OnnxAttribute.Of("keepdims", 0)]);
    }
}
