using System.Runtime.InteropServices;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>Weights in 8 bits: symmetric around zero, one scale for each column (or row) so that a few large values do not flatten the others.</summary>
/// <param name="Values">The weights divided by their scales, rounded to the nearest, ties to even.</param>
/// <param name="Scales">The scales, as 32-bit numbers.</param>
internal sealed record Int8Weight(OnnxTensor Values, OnnxTensor Scales)
{
    /// <summary>A matrix, or a stack of them, with one scale a column: [… , rows, columns] has scales [columns].</summary>
    public static Int8Weight ByColumn(OnnxTensor tensor, bool transpose, int largest)
    {
        var from = MemoryMarshal.Cast<byte, float>(tensor.Data.Span);
        var (height, width) = ((int)tensor.Dims[^2], (int)tensor.Dims[^1]);
        var (rows, columns) = transpose ? (width, height) : (height, width);
        var scales = new float[columns];
        var values = new sbyte[from.Length];
        var stride = height * width;
        for (var column = 0; column < columns; column++)
        {
            var peak = 0f;
            for (var at = 0; at < from.Length; at += stride)
            {
                for (var row = 0; row < rows; row++)
                    peak = Math.Max(peak, Math.Abs(from[at + (transpose ? (column * width) + row : (row * width) + column)]));
            }

            scales[column] = ScaleOf(peak, largest);
            for (var at = 0; at < from.Length; at += stride)
            {
                for (var row = 0; row < rows; row++)
                    values[at + (row * columns) + column] = Round(from[at + (transpose ? (column * width) + row : (row * width) + column)], scales[column], largest);
            }
        }

        return new(Of(tensor.Name, values, [.. tensor.Dims.Take(tensor.Dims.Count - 2), rows, columns]), OnnxTensor.Of(scales, columns));
    }

    /// <summary>A table with one scale a row: [rows, …] has scales [rows, 1, …], so that a row and its scale are looked up alike.</summary>
    public static Int8Weight ByRow(OnnxTensor tensor, int largest)
    {
        var from = MemoryMarshal.Cast<byte, float>(tensor.Data.Span);
        var rows = (int)tensor.Dims[0];
        var width = from.Length / rows;
        var scales = new float[rows];
        var values = new sbyte[from.Length];
        for (var row = 0; row < rows; row++)
        {
            var peak = 0f;
            foreach (var value in from.Slice(row * width, width))
                peak = Math.Max(peak, Math.Abs(value));
            scales[row] = ScaleOf(peak, largest);
            for (var i = row * width; i < (row + 1) * width; i++)
                values[i] = Round(from[i], scales[row], largest);
        }

        return new(Of(tensor.Name, values, tensor.Dims), OnnxTensor.Of(scales, [rows, .. Enumerable.Repeat(1L, tensor.Dims.Count - 1)]));
    }

    private static float ScaleOf(float peak, int largest) => peak > 0 ? peak / largest : 1;

    private static sbyte Round(float value, float scale, int largest) => (sbyte)Math.Clamp(MathF.Round(value / scale, MidpointRounding.ToEven), -largest, largest);

    private static OnnxTensor Of(string name, sbyte[] values, IReadOnlyList<long> dims) =>
        new() { Name = name, Element = ElementType.Int8, Dims = dims, Data = MemoryMarshal.AsBytes<sbyte>(values).ToArray() };
}
