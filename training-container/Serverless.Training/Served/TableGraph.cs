using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Features;

namespace Serverless.Training.Served;

/// <summary>
/// The part of a model's graph that makes features of raw columns, exactly as in training. The inputs are the columns, one each: numbers as 32-bit floating point, NaN where one is
/// missing; texts as strings, empty where one is missing.
/// </summary>
internal static class TableGraph
{
    private static readonly Dimension Batch = Dimension.Named("N");

    /// <summary>One input a column, in the order of the table, by the column's index.</summary>
    public static Dictionary<int, GraphValue> Inputs(GraphBuilder graph, FeaturePlan plan) =>
        plan.Numbers.Select(number => (number.Column, number.Name, Element: ElementType.Float))
            .Concat(plan.Categories.Select(category => (category.Column, category.Name, Element: ElementType.String)))
            .OrderBy(column => column.Column)
            .ToDictionary(column => column.Column, column => graph.Input(column.Name, column.Element, Batch, 1));

    /// <summary>The features of numbers, [N, <see cref="FeaturePlan.DenseCount"/>].</summary>
    public static GraphValue Dense(GraphBuilder graph, FeaturePlan plan, Dictionary<int, GraphValue> inputs)
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

    /// <summary>The slot of each category, [N, 1] each: the category's own slot and the slots of those before it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="noSlot">What stands for a text that has no slot.</param>
    public static IReadOnlyList<GraphValue> Slots(GraphBuilder graph, FeaturePlan plan, Dictionary<int, GraphValue> inputs, int noSlot)
    {
        var slots = new List<GraphValue>();
        var offset = 0;
        foreach (var category in plan.Categories)
        {
            slots.Add(Slot(graph, category, inputs[category.Column], offset, noSlot));
            offset += category.Slots;
        }

        return slots;
    }

    /// <summary>The slot of one category, [N, 1].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="category">The category.</param>
    /// <param name="input">Its texts.</param>
    /// <param name="offset">What is added to its slots.</param>
    /// <param name="noSlot">What stands for a text that has no slot.</param>
    public static GraphValue Slot(GraphBuilder graph, CategoryFeature category, GraphValue input, int offset, int noSlot)
    {
        var (keys, values, fallback) = CategoryKeys.Of(category, offset, noSlot);
        return graph.Node("ai.onnx.ml/LabelEncoder", [input],
            [OnnxAttribute.Of("keys_strings", keys), OnnxAttribute.Of("values_int64s", values), OnnxAttribute.Of("default_int64", fallback)]);
    }
}
