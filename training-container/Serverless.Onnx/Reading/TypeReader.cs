using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Reading;

/// <summary>Reads types of values.</summary>
internal static class TypeReader
{
    public static OnnxValueType? Read(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        OnnxValueType? type = null;
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
        {
            if (fields.Field == 1)
                type = Tensor(fields.Bytes(), budget, place);
            else
            {
                if (Kind(fields.Field) is { } kind)
                    type = new OtherValueType(kind, bytes);
                fields.Skip();
            }
        }

        return type;
    }

    private static string? Kind(int field) => field switch
    {
        4 => "sequence",
        5 => "map",
        7 => "opaque",
        8 => "sparse tensor",
        9 => "optional",
        _ => null,
    };

    private static TensorType Tensor(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        var element = ElementType.Undefined;
        List<Dimension>? shape = null;
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: element = (ElementType)Math.Clamp(fields.Int(), -1, 1000); break;
                case 2: shape = Shape(fields.Bytes(), budget, place); break;
                default: fields.Skip(); break;
            }

        return new(element, shape);
    }

    private static List<Dimension> Shape(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        List<Dimension> shape = [];
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            if (fields.Field == 1)
                shape.Add(Size(fields.Bytes(), budget, place));
            else
                fields.Skip();
        return shape;
    }

    private static Dimension Size(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        var size = Dimension.Unknown;
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: size = fields.Int(); break;
                case 2: size = fields.Text() is { Length: > 0 } symbol ? Dimension.Named(symbol) : Dimension.Unknown; break;
                default: fields.Skip(); break;
            }

        return size;
    }
}
