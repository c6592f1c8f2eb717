using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>What stands for a value that is not there: NaN, the empty text; 0 and false for types that have nothing for it.</summary>
internal static class MissingValue
{
    /// <summary>Adds one.</summary>
    public static void Add(TensorBuffer buffer, ElementType type)
    {
        switch (type)
        {
            case ElementType.Text:
                buffer.AddText([]);
                break;
            case ElementType.Float32:
                buffer.Add(float.NaN);
                break;
            case ElementType.Float64:
                buffer.Add(double.NaN);
                break;
            case ElementType.Float16:
                buffer.Add(Half.NaN);
                break;
            default:
                Span<byte> zero = stackalloc byte[sizeof(long)];
                zero.Clear();
                buffer.AddRaw(zero[..ElementTypes.Size(type)], 1);
                break;
        }
    }
}
