using System.Text;

namespace Serverless.Api.Datasets;

/// <summary>Splits CSV into records, as RFC 4180 has it: quoted fields may hold separators, line ends and doubled quotes.</summary>
internal static class CsvRecords
{
    /// <summary>The records; empty lines are left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="limit">Most records.</param>
    public static List<List<string>> Read(string text, char separator, int limit)
    {
        var records = new List<List<string>>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length && records.Count < limit; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[i++]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.Length == 0)
                quoted = true;
            else if (c == separator)
                EndField(fields, field);
            else if (c is '\n' or '\r')
                EndRecord(records, fields, field, out fields);
            else
                field.Append(c);
        }

        if (records.Count < limit)
            EndRecord(records, fields, field, out _);
        return records;
    }

    private static void EndField(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    private static void EndRecord(List<List<string>> records, List<string> fields, StringBuilder field, out List<string> next)
    {
        next = fields;
        if (fields.Count == 0 && field.Length == 0)
            return;
        EndField(fields, field);
        records.Add(fields);
        next = [];
    }
}
