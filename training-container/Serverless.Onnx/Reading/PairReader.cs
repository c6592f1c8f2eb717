namespace Serverless.Onnx.Reading;

/// <summary>Reads a key and its value (<c>StringStringEntryProto</c>).</summary>
internal static class PairReader
{
    public static KeyValuePair<string, string> Read(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        string key = "", value = "";
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: key = fields.Text(); break;
                case 2: value = fields.Text(); break;
                default: fields.Skip(); break;
            }

        return new(key, value);
    }
}
