using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>Operators of ai.onnx.ml.</summary>
internal static class MachineLearningRules
{
    public static IEnumerable<(string Name, OperatorRule Rule)> All()
    {
        foreach (var name in new[] { "Scaler", "Normalizer" })
            yield return (name, new(1, 1, 1, node => [new(ElementType.Float, node.ShapeOf(0))]));
        foreach (var name in new[] { "Imputer", "Binarizer" })
            yield return (name, new(1, 1, 1, node => [node[0]]));
        yield return ("LabelEncoder", new(1, 1, 1, LabelEncoder));
        yield return ("OneHotEncoder", new(1, 1, 1, OneHot));
        yield return ("LinearClassifier", new(1, 1, 2, LinearClassifier));
    }

    private static TensorType?[] LabelEncoder(NodeTypes node)
    {
        var (keys, keyCount) = Table(node, "keys");
        var (values, valueCount) = Table(node, "values");
        if (keys == ElementType.Undefined || values == ElementType.Undefined)
            return [null];
        node.WantElement(0, keys);
        if (keyCount != valueCount)
            node.Wrong($"it has {keyCount} keys and {valueCount} values", "Give each key one value.");
        return [new(values, node.ShapeOf(0))];
    }

    private static (ElementType Element, int Count) Table(NodeTypes node, string side)
    {
        if (node.Node.Attribute(side + "_strings") is { } strings)
            return (ElementType.String, strings.Strings.Count);
        if (node.Node.Attribute(side + "_int64s") is { } integers)
            return (ElementType.Int64, integers.Ints.Count);
        if (node.Node.Attribute(side + "_floats") is { } floats)
            return (ElementType.Float, floats.Floats.Count);
        if (node.Node.Attribute(side + "_tensor") is null)
            node.Wrong($"it has no {side}", $"Give it one of the attributes {side}_strings, {side}_int64s, {side}_floats.");
        return (ElementType.Undefined, 0);
    }

    private static TensorType?[] OneHot(NodeTypes node)
    {
        var count = node.Node.Attribute("cats_strings")?.Strings.Count ?? node.Node.Attribute("cats_int64s")?.Ints.Count;
        if (count is not { } size)
        {
            node.Wrong("it has no categories", "Give it the attribute cats_strings or cats_int64s.");
            return [null];
        }

        return [new(ElementType.Float, node.ShapeOf(0) is { } shape ? [.. shape, size] : null)];
    }

    private static TensorType?[] LinearClassifier(NodeTypes node)
    {
        var texts = node.Node.Attribute("classlabels_strings")?.Strings.Count ?? 0;
        var classes = texts > 0 ? texts : node.Node.IntsOf("classlabels_ints")?.Count ?? 0;
        var rows = node.ShapeOf(0) is { Count: 2 } shape ? shape[0] : Dimension.Unknown;
        return [TensorType.Of(texts > 0 ? ElementType.String : ElementType.Int64, rows), TensorType.Of(ElementType.Float, rows, classes > 0 ? classes : Dimension.Unknown)];
    }
}
