using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Calls;

/// <summary>
/// One recorded operator as a rule sees it: its arguments, the types that its outputs had, and the graph to write into. What an argument is not throws the refusal that says so; an
/// argument beyond the last, which older versions of libtorch leave out, is none.
/// </summary>
/// <param name="state">What all operators share.</param>
/// <param name="node">The operator.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="outputs">The types of its outputs over all runs; null for what is no tensor of known type.</param>
internal sealed partial class LoweringCall(LoweringState state, RecordedNode node, IReadOnlyList<LoweredValue> arguments, IReadOnlyList<LoweredType?> outputs)
{
    public GraphBuilder Graph => state.Graph;

    public LoweringState State => state;

    public RecordedNode Node => node;

    public int Opset => state.Opset;

    /// <summary>The number of arguments that were recorded.</summary>
    public int Count => arguments.Count;

    public LoweredValue Argument(int index) => index < arguments.Count ? arguments[index] : NoneValue.Only;

    public bool IsNone(int index) => Argument(index) is NoneValue;

    /// <summary>Whether it is a number, not a tensor: it does not decide the type of a result by its own type.</summary>
    public bool IsNumber(int index) => Argument(index) is IntValue { IsTensor: false } or FloatValue or BoolValue;

    /// <summary>A tensor; a number as a tensor without dimensions.</summary>
    public GraphValue Tensor(int index) => Read(Argument(index), index);

    public GraphValue? TensorOrNone(int index) => IsNone(index) ? null : Tensor(index);

    /// <summary>A list of tensors.</summary>
    public IReadOnlyList<GraphValue> Tensors(int index) => [.. List(index).Select(item => Read(item, index))];

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<LoweredValue> List(int index) => Argument(index) is ListValue list ? list.Items : throw Unlike(index, "a list");

    /// <summary>The tensor itself, with its memory.</summary>
    public TensorValue Handle(int index) => Argument(index) as TensorValue ?? throw Unlike(index, "a tensor");

    /// <summary>The data of a parameter, buffer or constant that nothing wrote; null when it is computed.</summary>
    public OnnxTensor? Data(int index) => Argument(index) is TensorValue { IsWhole: true } tensor ? tensor.Memory.Data : null;

    /// <summary>The type of its elements; a number has torch's default for its kind.</summary>
    public ElementType Element(int index) => ElementOf(Argument(index)) ?? throw Unlike(index, "a tensor");

    public IReadOnlyList<SizeExpression> Sizes(int index) => SizesOf(Argument(index)) ?? throw Unlike(index, "a tensor");

    public int Rank(int index) => Sizes(index).Count;

    /// <summary>The recorded type of an output.</summary>
    public LoweredType Output(int index = 0) => (index < outputs.Count ? outputs[index] : null) ?? throw Refuse($"the recording does not say the type of output {index}", "Record with a bridge that says the shapes of tensors.");

    public LoweredType? OutputOrNone(int index) => index < outputs.Count ? outputs[index] : null;

    public ElementType OutputElement(int index = 0) => Output(index).Element;

    public IReadOnlyList<SizeExpression> OutputSizes(int index = 0) => Output(index).Sizes;

    /// <summary>The number of outputs that were recorded.</summary>
    public int OutputCount => node.Outputs.Count;

    /// <summary>An integer that may depend on the dynamic sizes.</summary>
    public SizeExpression Size(int index) => SizeOf(Argument(index), index);

    /// <summary>A list of such integers; a single one is a list of one.</summary>
    public IReadOnlyList<SizeExpression> SizeList(int index) => Argument(index) is ListValue list ? [.. list.Items.Select(item => SizeOf(item, index))] : [Size(index)];

    /// <summary>An integer that is the same in every run.</summary>
    public long Int(int index) => Size(index).Constant ?? throw Dynamic(index, Size(index));

    public long IntOr(int index, long fallback) => IsNone(index) ? fallback : Int(index);

    public IReadOnlyList<long> Ints(int index) => [.. SizeList(index).Select(size => size.Constant ?? throw Dynamic(index, size))];

    public double Float(int index) => FloatOf(Argument(index), index);

    public double FloatOr(int index, double fallback) => IsNone(index) ? fallback : Float(index);

    public IReadOnlyList<double> Floats(int index) => [.. List(index).Select(item => FloatOf(item, index))];

    public bool Bool(int index) => Argument(index) switch
    {
        BoolValue truth => truth.Value,
        IntValue { Size.Constant: { } number } => number != 0,
        _ => throw Unlike(index, "true or false"),
    };

    public bool BoolOr(int index, bool fallback) => IsNone(index) ? fallback : Bool(index);

    public IReadOnlyList<bool> Bools(int index) => [.. List(index).Select(item => item is BoolValue truth ? truth.Value : throw Unlike(index, "a list of true and false"))];

    public string Text(int index) => Argument(index) is TextValue text ? text.Value : throw Unlike(index, "a text");

    /// <summary>An axis from 0 to rank−1, also where it counts from the end.</summary>
    public int Axis(int index, int rank) => AxisOf(Int(index), rank);

    public IReadOnlyList<int> Axes(int index, int rank) => [.. Ints(index).Select(axis => AxisOf(axis, rank))];

    /// <summary>The element type that a number of torch's scalar types names; the fallback when it is none.</summary>
    public ElementType ElementNamed(int index, ElementType fallback) =>
        IsNone(index) ? fallback : RecordedElements.OfScalarType(Int(index)) ?? throw Refuse($"torch's element type number {Int(index)} has no match in ONNX", "Use real numbers, integers of 8 to 64 bits, or truth values.");

    /// <summary>The refusal of this operator, to be thrown.</summary>
    public RefusedException Refuse(string what, string cure) => new(what, cure);

    private int AxisOf(long axis, int rank) =>
        axis >= -Math.Max(rank, 1) && axis < Math.Max(rank, 1) ? (int)(axis < 0 ? axis + Math.Max(rank, 1) : axis) : throw Refuse($"the axis {axis} is outside a tensor of {rank} dimensions", "Record the network again.");

    private static ElementType? ElementOf(LoweredValue value) => value switch
    {
        TensorValue tensor => tensor.Type.Element,
        IntValue => ElementType.Int64,
        FloatValue => ElementType.Float,
        BoolValue => ElementType.Bool,
        _ => null,
    };

    private static IReadOnlyList<SizeExpression>? SizesOf(LoweredValue value) => value switch
    {
        TensorValue tensor => tensor.Type.Sizes,
        IntValue or FloatValue or BoolValue => [],
        _ => null,
    };

    private GraphValue Read(LoweredValue value, int index) => value switch
    {
        TensorValue tensor => tensor.Read(),
        IntValue => state.Sizes.Scalar(SizeOf(value, index)),
        FloatValue number => state.Constants.Scalar(number.Value, ElementType.Float),
        BoolValue truth => state.Constants.Scalar(truth.Value ? 1 : 0, ElementType.Bool),
        _ => throw Unlike(index, "a tensor"),
    };

    private SizeExpression SizeOf(LoweredValue value, int index) => value switch
    {
        IntValue { Size: { } size } => size,
        IntValue unfit => throw Refuse($"argument {index} was {string.Join(", ", unfit.Recorded)} in the recordings, which no sum and product of the dynamic sizes gives", "Compute it from tensors in the network, or fix the sizes that it depends on."),
        BoolValue truth => truth.Value ? 1 : 0,
        TensorValue => throw Refuse($"argument {index} is a number read from a tensor's data, which is known only when the model runs", "Keep it a tensor: index, mask or multiply with it."),
        _ => throw Unlike(index, "an integer"),
    };

    private double FloatOf(LoweredValue value, int index) => value switch
    {
        FloatValue number => number.Value,
        IntValue or BoolValue => SizeOf(value, index) is { Constant: { } constant } ? constant : throw Dynamic(index, SizeOf(value, index)),
        TensorValue => throw Refuse($"argument {index} is a number read from a tensor's data, which is known only when the model runs", "Keep it a tensor: multiply or add it."),
        _ => throw Unlike(index, "a number"),
    };

    private RefusedException Unlike(int index, string wanted) => Refuse($"argument {index} is {Say(Argument(index))}, not {wanted}", "Call the operator in another form.");

    private RefusedException Dynamic(int index, SizeExpression size) =>
        Refuse($"argument {index} depends on the dynamic sizes ({size}), and ONNX wants a constant there", "Fix the sizes that it depends on, or compute the result from other operators.");

    private static string Say(LoweredValue value) => value switch
    {
        TensorValue tensor => $"a tensor {tensor.Type}",
        IntValue => "an integer",
        FloatValue => "a number",
        BoolValue => "true or false",
        TextValue text => $"'{text.Value}'",
        NoneValue => "left out",
        ListValue list => $"a list of {list.Items.Count}",
        _ => "something else",
    };
}
