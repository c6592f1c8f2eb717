using System.Globalization;
using System.Text;
using Serverless.Core.Endpoints;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>Writes predictions as CSV (RFC 4180): label, a probability for each class, other outputs. Texts that a spreadsheet would take for a formula get an apostrophe before them.</summary>
internal static class CsvPredictionWriter
{
    /// <summary>Content-Type of CSV.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Writes them.</summary>
    public static WireReply Write(PredictionForm form, int rows)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', Header(form).Select(Cell)).Append("\r\n");
        for (var row = 0; row < rows; row++)
            csv.AppendJoin(',', Values(form, row)).Append("\r\n");
        return new WireReply { Status = 200, ContentType = ContentType, Body = Encoding.UTF8.GetBytes(csv.ToString()) };
    }

    private static IEnumerable<string> Header(PredictionForm form)
    {
        if (form.Label is not null)
            yield return "label";
        foreach (var name in form.Classes)
            yield return $"probability_{name}";
        foreach (var output in form.Others)
        {
            var perRow = PredictionForm.PerRow(output);
            for (var i = 0; i < perRow; i++)
                yield return perRow == 1 ? output.Port.Name : $"{output.Port.Name}_{i.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    private static IEnumerable<string> Values(PredictionForm form, int row)
    {
        if (form.Label is { } label)
            yield return Value(label, row);
        for (var column = 0; column < form.Classes.Count; column++)
            yield return form.Probability(row, column).ToString("R", CultureInfo.InvariantCulture);
        foreach (var output in form.Others)
        {
            var perRow = PredictionForm.PerRow(output);
            for (var i = 0; i < perRow; i++)
                yield return Value(output, (row * perRow) + i);
        }
    }

    private static string Value(OutputTensor output, int index) => output.Type switch
    {
        ElementType.Text => Cell(Encoding.UTF8.GetString(output.Text(index))),
        ElementType.Float32 => output.Values<float>()[index].ToString("R", CultureInfo.InvariantCulture),
        ElementType.Float64 => output.Values<double>()[index].ToString("R", CultureInfo.InvariantCulture),
        ElementType.Float16 => output.Values<Half>()[index].ToString(CultureInfo.InvariantCulture),
        ElementType.Bool => output.Values<byte>()[index] != 0 ? "true" : "false",
        ElementType.UInt64 => output.Values<ulong>()[index].ToString(CultureInfo.InvariantCulture),
        _ => Protocol.JsonTensorWriter.Whole(output, index).ToString(CultureInfo.InvariantCulture),
    };

    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
