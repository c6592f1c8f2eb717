using System.Globalization;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Recording;

/// <summary>A constant. Only the members that <see cref="Kind"/> names mean something; a number is a list of one.</summary>
public sealed record RecordedConstant
{
    /// <summary>An argument that was left out.</summary>
    public static readonly RecordedConstant None = new() { Kind = ConstantKind.None };

    /// <summary>What it holds.</summary>
    public required ConstantKind Kind { get; init; }

    /// <summary>Integers, or truth values as 0 and 1.</summary>
    public IReadOnlyList<long> Ints { get; init; } = [];

    /// <summary>Floating-point numbers.</summary>
    public IReadOnlyList<double> Floats { get; init; } = [];

    /// <summary>A text.</summary>
    public string Text { get; init; } = "";

    /// <summary>A tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>An integer.</summary>
    public static RecordedConstant Of(long value) => new() { Kind = ConstantKind.Int, Ints = [value] };

    /// <summary>A floating-point number.</summary>
    public static RecordedConstant Of(double value) => new() { Kind = ConstantKind.Float, Floats = [value] };

    /// <summary>A truth value.</summary>
    public static RecordedConstant Of(bool value) => new() { Kind = ConstantKind.Bool, Ints = [value ? 1 : 0] };

    /// <summary>A text.</summary>
    public static RecordedConstant Of(string value) => new() { Kind = ConstantKind.Text, Text = value };

    /// <summary>A tensor.</summary>
    public static RecordedConstant Of(OnnxTensor value) => new() { Kind = ConstantKind.Tensor, Tensor = value };

    /// <inheritdoc/>
    public bool Equals(RecordedConstant? other) =>
        other is not null && Kind == other.Kind && Text == other.Text && Ints.SequenceEqual(other.Ints) && Floats.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(other.Floats.Select(BitConverter.DoubleToInt64Bits))
        && (Tensor is null ? other.Tensor is null : other.Tensor is not null && SameData(Tensor, other.Tensor));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Text, Ints.Count, Floats.Count);

    /// <summary>The constant, shortened.</summary>
    public override string ToString() => Kind switch
    {
        ConstantKind.None => "none",
        ConstantKind.Int => Ints[0].ToString(CultureInfo.InvariantCulture),
        ConstantKind.Bool => Ints[0] == 0 ? "false" : "true",
        ConstantKind.Float => Floats[0].ToString(CultureInfo.InvariantCulture),
        ConstantKind.Text => $"'{Text}'",
        ConstantKind.Ints or ConstantKind.Bools => $"[{string.Join(", ", Ints.Take(8))}]",
        ConstantKind.Floats => $"[{string.Join(", ", Floats.Take(8).Select(each => each.ToString(CultureInfo.InvariantCulture)))}]",
        ConstantKind.Tensor => $"a tensor {Tensor!.Type}",
        _ => Kind.ToString(),
    };

    private static bool SameData(OnnxTensor left, OnnxTensor right) =>
        left.Element == right.Element && left.Dims.SequenceEqual(right.Dims) && left.Data.Span.SequenceEqual(right.Data.Span);
}
