using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Calls;

/// <summary>What rules write with.</summary>
internal sealed partial class LoweringCall
{
    /// <summary>A node with one output.</summary>
    public GraphValue Emit(string operatorName, IReadOnlyList<GraphValue?> operands, params IReadOnlyList<OnnxAttribute> attributes) => Graph.Node(operatorName, operands, attributes);

    /// <summary>A node with several outputs.</summary>
    public IReadOnlyList<GraphValue> EmitMany(string operatorName, IReadOnlyList<GraphValue?> operands, int outputCount, params IReadOnlyList<OnnxAttribute> attributes) =>
        Graph.Node(operatorName, operands, outputCount, attributes);

    /// <summary>A shared vector of integers.</summary>
    public GraphValue Longs(params ReadOnlySpan<long> values) => state.Constants.Longs(values);

    /// <summary>A shared vector of numbers.</summary>
    public GraphValue FloatsOf(params ReadOnlySpan<float> values) => state.Constants.Shared("numbers", OnnxTensor.Of(values, values.Length));

    /// <summary>A shared single number.</summary>
    public GraphValue Scalar(double value, ElementType element) => state.Constants.Scalar(value, element);

    /// <summary>A shared constant.</summary>
    public GraphValue Constant(string wish, OnnxTensor tensor) => state.Constants.Shared(wish, tensor);

    /// <summary>A size as a vector of one integer.</summary>
    public GraphValue SizeVector(SizeExpression size) => state.Sizes.One(size);

    /// <summary>A size as a single integer without dimensions.</summary>
    public GraphValue SizeScalar(SizeExpression size) => state.Sizes.Scalar(size);

    /// <summary>Sizes as a vector of integers.</summary>
    public GraphValue ShapeOf(IReadOnlyList<SizeExpression> sizes) => state.Sizes.Vector(sizes);

    /// <summary>An axis of an argument as a vector of one integer.</summary>
    public GraphValue Dimension(int index, int axis) => SizeVector(Sizes(index)[axis]);

    /// <summary>An argument with elements of a type; a number becomes a constant of it.</summary>
    public GraphValue Operand(int index, ElementType element) => Argument(index) switch
    {
        FloatValue number => Scalar(number.Value, element),
        BoolValue truth => Scalar(truth.Value ? 1 : 0, element),
        IntValue { Size.Constant: { } constant } => state.Constants.Scalar(constant, element),
        _ => Cast(Tensor(index), element),
    };

    /// <summary>A value with elements of a type; itself when it has it.</summary>
    public GraphValue Cast(GraphValue value, ElementType element) =>
        value.Type?.Element == element ? value : Known(Emit("Cast", [value], OnnxAttribute.Of("to", (long)element)), element, value.Type?.Shape);

    /// <summary>A value reshaped; what stays is copied and one size is left to ONNX, so that sizes are computed only where they must be.</summary>
    /// <param name="value">The value.</param>
    /// <param name="from">Its sizes.</param>
    /// <param name="to">The sizes wanted, with as many elements.</param>
    public GraphValue Reshape(GraphValue value, IReadOnlyList<SizeExpression> from, IReadOnlyList<SizeExpression> to)
    {
        if (from.SequenceEqual(to))
            return value;
        var made = Emit("Reshape", [value, ReshapeVector(from, to)]);
        return Known(made, value.Type?.Element, to.Select(LoweredType.Of));
    }

    public GraphValue Transpose(GraphValue value, IReadOnlyList<int> order) =>
        order.Select((axis, i) => axis == i).All(same => same) ? value : Emit("Transpose", [value], OnnxAttribute.Of("perm", [.. order.Select(axis => (long)axis)]));

    public GraphValue Unsqueeze(GraphValue value, params ReadOnlySpan<long> axes) => axes.Length == 0 ? value : Emit("Unsqueeze", [value, Longs(axes)]);

    public GraphValue Squeeze(GraphValue value, params ReadOnlySpan<long> axes) => axes.Length == 0 ? value : Emit("Squeeze", [value, Longs(axes)]);

    /// <summary>A value broadcast to sizes; itself when it has them.</summary>
    public GraphValue Expand(GraphValue value, IReadOnlyList<SizeExpression> from, IReadOnlyList<SizeExpression> to) =>
        from.SequenceEqual(to) ? value : Known(Emit("Expand", [value, ShapeOf(to)]), value.Type?.Element, to.Select(LoweredType.Of));

    /// <summary>A part of an axis.</summary>
    /// <param name="value">The value.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="start">The first index.</param>
    /// <param name="end">The index after the last; null: to the end.</param>
    /// <param name="step">From one index to the next.</param>
    public GraphValue Slice(GraphValue value, int axis, SizeExpression start, SizeExpression? end, long step = 1) =>
        Emit("Slice", [value, SizeVector(start), end is null ? Longs(long.MaxValue) : SizeVector(end), Longs(axis), Longs(step)]);

    /// <summary>A reduction over axes; all of them when none are given.</summary>
    public GraphValue Reduce(string operatorName, GraphValue value, IReadOnlyList<int> axes, bool keep)
    {
        long[] over = [.. axes.Select(axis => (long)axis)];
        var kept = OnnxAttribute.Of("keepdims", keep ? 1 : 0);
        if (over.Length == 0)
            return Emit(operatorName, [value], kept);
        return operatorName == "ReduceSum" || Opset >= 18 ? Emit(operatorName, [value, Longs(over)], kept) : Emit(operatorName, [value], OnnxAttribute.Of("axes", over), kept);
    }

    /// <summary>The same tensor under another number, as libtorch gives it back when there is nothing to do.</summary>
    public LoweredValue Same(int index) => Argument(index) is TensorValue tensor ? new ViewValue(tensor, new(value => value, (_, written) => written)) : Argument(index);

    /// <summary>A tensor that looks at an argument's memory.</summary>
    /// <param name="index">The argument.</param>
    /// <param name="read">From the argument to the view.</param>
    /// <param name="write">From the argument and the view as it shall be to the argument as it shall be; null when a write through the view is refused.</param>
    public LoweredValue View(int index, Func<GraphValue, GraphValue> read, Func<GraphValue, GraphValue, GraphValue>? write) =>
        Argument(index) is TensorValue tensor ? new ViewValue(tensor, new(read, write)) : read(Tensor(index));

    /// <summary>A tensor that libtorch makes as a view or as a copy, depending on strides.</summary>
    public LoweredValue MaybeView(int index, GraphValue value) => new FreshValue(value, Argument(index) as TensorValue);

    private static GraphValue Known(GraphValue value, ElementType? element, IEnumerable<Dimension>? shape) =>
        element is null ? value : value with { Type = new(element.Value, shape is null ? null : [.. shape]) };

    private GraphValue ReshapeVector(IReadOnlyList<SizeExpression> from, IReadOnlyList<SizeExpression> to)
    {
        if (to.Any(size => size.Constant == 0))
            return ShapeOf(to);
        List<SizeExpression> wanted = [.. to];
        List<int> open = [.. Enumerable.Range(0, to.Count).Where(i => to[i].IsDynamic)];
        if (open.Count > 1)
            foreach (var i in open.Where(i => i < from.Count && from[i] == to[i]).Take(open.Count - 1).ToList())
            {
                wanted[i] = 0; // ONNX: copied from the input
                open.Remove(i);
            }

        if (open.Count > 0)
            wanted[open[^1]] = -1;
        return ShapeOf(wanted);
    }
}
