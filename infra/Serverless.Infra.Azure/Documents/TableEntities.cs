using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serverless.Core.Documents.Rows;

namespace Serverless.Infra.Azure.Documents;

/// <summary>Rows as the table service's JSON: texts by their names, pieces as binary properties <c>p00</c>, <c>p01</c>, ….</summary>
internal static class TableEntities
{
    private const string TypeSuffix = "@odata.type";

    public static byte[] Write(Row row)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", row.Partition);
            json.WriteString("RowKey", row.Key);
            foreach (var (name, text) in row.Texts)
                json.WriteString(name, text);
            for (var i = 0; i < row.Pieces.Count; i++)
            {
                json.WriteString(Piece(i) + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(Piece(i), row.Pieces[i]);
            }

            json.WriteEndObject();
        }

        return body.ToArray();
    }

    public static Row Read(BinaryData body)
    {
        using var json = JsonDocument.Parse(body);
        return Read(json.RootElement);
    }

    public static IReadOnlyList<Row> ReadPage(BinaryData body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("value").EnumerateArray().Select(Read)];
    }

    private static Row Read(JsonElement entity)
    {
        var texts = new Dictionary<string, string>();
        foreach (var property in entity.EnumerateObject())
        {
            if (property.Name is not ("PartitionKey" or "RowKey" or "Timestamp") && !property.Name.Contains('.') && !IsPiece(property.Name) && property.Value.ValueKind == JsonValueKind.String)
                texts[property.Name] = property.Value.GetString()!;
        }

        var pieces = new List<byte[]>();
        while (entity.TryGetProperty(Piece(pieces.Count), out var piece))
            pieces.Add(piece.GetBytesFromBase64());
        return new Row(
            entity.GetProperty("PartitionKey").GetString()!, entity.GetProperty("RowKey").GetString()!, texts, pieces,
            entity.TryGetProperty("odata.etag", out var eTag) ? eTag.GetString()! : "");
    }

    private static string Piece(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number:D2}");

    private static bool IsPiece(string name) => name.Length == 3 && name[0] == 'p' && char.IsAsciiDigit(name[1]) && char.IsAsciiDigit(name[2]);
}
