using System.Runtime.InteropServices;
using System.Text;
using Serverless.Onnx.Graphs;

namespace Serverless.TrainingContainer.Tests.Algorithms;

/// <summary>Computes what a graph of our algorithms says, straight from the ONNX specification, for matrices [rows, columns]. It shares no code with the training.</summary>
internal sealed class GraphEvaluator(OnnxModel model)
{
    /// <summary>A tensor while it is computed: numbers, whole numbers, texts or truth values.</summary>
    public sealed record Value(Array Items, int[] Dims)
    {
        public float[] Floats => (float[])Items;

        public long[] Integers => (long[])Items;

        public string[] Texts => (string[])Items;

        public bool[] Truths => (bool[])Items;
    }

    public IReadOnlyDictionary<string, Value> Run(IReadOnlyDictionary<string, Value> inputs)
    {
        var values = new Dictionary<string, Value>(inputs);
        foreach (var tensor in model.Graph.Initializers)
            values[tensor.Name] = Constant(tensor);
        foreach (var node in model.Graph.Nodes)
            values[node.Outputs[0]] = Compute(node, [.. node.Inputs.Select(name => values[name])]);
        return values;
    }

    private static Value Constant(OnnxTensor tensor)
    {
        var dims = tensor.Dims.Select(size => (int)size).ToArray();
        return tensor.Element switch
        {
            ElementType.Float => new(MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray(), dims),
            ElementType.Int64 => new(MemoryMarshal.Cast<byte, long>(tensor.Data.Span).ToArray(), dims),
            ElementType.String => new(tensor.Strings.Select(text => Encoding.UTF8.GetString(text.Span)).ToArray(), dims),
            _ => throw new NotSupportedException($"{tensor.Element}"),
        };
    }

    private static Value Compute(OnnxNode node, Value[] x) => node.Operator switch
    {
        "Concat" => Concat(x),
        "Sub" => Combine(x[0], x[1], (a, b) => a - b),
        "Mul" => Combine(x[0], x[1], (a, b) => a * b),
        "Add" => Combine(x[0], x[1], (a, b) => a + b),
        "IsNaN" => new(Array.ConvertAll(x[0].Floats, float.IsNaN), x[0].Dims),
        "IsInf" => new(Array.ConvertAll(x[0].Floats, float.IsInfinity), x[0].Dims),
        "Or" => new(x[0].Truths.Zip(x[1].Truths, (a, b) => a || b).ToArray(), x[0].Dims),
        "Where" => new(x[0].Truths.Select((yes, i) => yes ? x[1].Floats[0] : x[2].Floats[i]).ToArray(), x[0].Dims),
        "Cast" => new(Array.ConvertAll(x[0].Truths, yes => yes ? 1f : 0f), x[0].Dims),
        "Gather" => Gather(node, x[0], x[1]),
        "ReduceSum" => SumMiddle(x[0]),
        "Gemm" => Gemm(x[0], x[1], x[2]),
        "Softmax" => Softmax(x[0]),
        "ArgMax" => new(Rows(x[0]).Select(row => (long)Array.IndexOf(row, row.Max())).ToArray(), [x[0].Dims[0]]),
        "LabelEncoder" => Encode(node, x[0]),
        _ => throw new NotSupportedException(node.Operator),
    };

    private static IEnumerable<float[]> Rows(Value value) => value.Floats.Chunk(value.Dims[^1]);

    private static Value Concat(Value[] x)
    {
        var rows = x[0].Dims[0];
        var width = x.Sum(value => value.Dims[1]);
        var items = Array.CreateInstance(x[0].Items.GetType().GetElementType()!, rows * width);
        for (var row = 0; row < rows; row++)
            for (int i = 0, at = 0; i < x.Length; at += x[i++].Dims[1])
                Array.Copy(x[i].Items, row * x[i].Dims[1], items, row * width + at, x[i].Dims[1]);
        return new(items, [rows, width]);
    }

    private static Value Combine(Value a, Value b, Func<float, float, float> combine) =>
        a.Floats.Length >= b.Floats.Length
            ? new(a.Floats.Select((each, i) => combine(each, b.Floats[i % b.Floats.Length])).ToArray(), a.Dims)
            : new(b.Floats.Select((each, i) => combine(a.Floats[i % a.Floats.Length], each)).ToArray(), b.Dims);

    private static Value Gather(OnnxNode node, Value data, Value indices)
    {
        var axis = (int)node.IntOf("axis", 0);
        var width = data.Dims.Length == 1 || axis == 1 ? 1 : data.Dims[^1];
        var rows = axis == 1 ? data.Dims[0] : 1;
        var items = Array.CreateInstance(data.Items.GetType().GetElementType()!, rows * indices.Integers.Length * width);
        for (var row = 0; row < rows; row++)
            for (var i = 0; i < indices.Integers.Length; i++)
                Array.Copy(data.Items, (axis == 1 ? row * data.Dims[1] : 0) + indices.Integers[i] * width, items, (row * indices.Integers.Length + i) * width, width);
        return new(items, axis == 1 ? [rows, indices.Integers.Length] : data.Dims.Length == 1 ? indices.Dims : [.. indices.Dims, width]);
    }

    private static Value SumMiddle(Value x)
    {
        var sums = new float[x.Dims[0] * x.Dims[2]];
        for (var i = 0; i < x.Floats.Length; i++)
            sums[i / (x.Dims[1] * x.Dims[2]) * x.Dims[2] + i % x.Dims[2]] += x.Floats[i];
        return new(sums, [x.Dims[0], x.Dims[2]]);
    }

    private static Value Gemm(Value a, Value b, Value c)
    {
        var columns = b.Dims[1];
        var result = new float[a.Dims[0] * columns];
        for (var i = 0; i < a.Dims[0]; i++)
            for (var j = 0; j < columns; j++)
            {
                var sum = c.Floats[j];
                for (var k = 0; k < a.Dims[1]; k++)
                    sum += a.Floats[i * a.Dims[1] + k] * b.Floats[k * columns + j];
                result[i * columns + j] = sum;
            }

        return new(result, [a.Dims[0], columns]);
    }

    private static Value Softmax(Value x) => new(Rows(x).SelectMany(row =>
    {
        var powers = Array.ConvertAll(row, each => MathF.Exp(each - row.Max()));
        return powers.Select(each => each / powers.Sum());
    }).ToArray(), x.Dims);

    private static Value Encode(OnnxNode node, Value x)
    {
        var keys = node.Attribute("keys_strings")!.Strings.Select(key => Encoding.UTF8.GetString(key.Span)).ToList();
        var slots = keys.Zip(node.IntsOf("values_int64s")!).ToDictionary();
        return new(Array.ConvertAll(x.Texts, text => slots.GetValueOrDefault(text, node.IntOf("default_int64", -1))), x.Dims);
    }
}
