using System.Globalization;
using System.Text;
using Serverless.Contracts.Models;
using Serverless.Core.Endpoints;

namespace Serverless.Inference.Checks;

/// <summary>What a model's file says about how it compared with what it was exported from (<c>metadata_props</c> of <c>ModelProto</c>, keys <c>serverless.parity.*</c>).</summary>
internal static class ParityScan
{
    private const string Prefix = "serverless.parity.";
    private const string Cure = "Export the model again; the exporter says which output is off and where.";
    private const int MetadataField = 14;
    private const int LongestValue = 4096;
    private const int MostRuns = 64;

    /// <summary>Reads the record and judges it.</summary>
    /// <returns>The record, null when the file has none; or why the model is refused: it is further off than it may be, or its record is not whole.</returns>
    public static (ModelParity? Record, ModelCheck? Refused) Read(ReadOnlySpan<byte> file)
    {
        var values = Values(file);
        if (values.Count == 0)
            return (null, null);
        if (!Number(values, "deviation", out var deviation) || !Number(values, "excess", out var excess) || !values.TryGetValue("tolerance", out var tolerance))
            return (null, ModelCheck.Refused("The model's parity record is not whole: it has no number for 'deviation' or 'excess', or no 'tolerance'.", Cure));
        if (!(excess <= 1) || !double.IsFinite(deviation) || deviation < 0)
        {
            return (null, ModelCheck.Refused(
                string.Create(CultureInfo.InvariantCulture, $"The model does not agree with what it was exported from: its largest deviation is {deviation:R}, the worst is {excess:0.###} times what is allowed ({tolerance})."), Cure));
        }

        IReadOnlyList<string> runs = values.TryGetValue("runs", out var sizes) ? [.. sizes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostRuns)] : [];
        return (new ModelParity(deviation, tolerance, Math.Max(0, excess), runs), null);
    }

    private static bool Number(Dictionary<string, string> values, string name, out double number)
    {
        number = double.NaN;
        return values.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static Dictionary<string, string> Values(ReadOnlySpan<byte> file)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var cursor = new ProtobufCursor(file);
        while (cursor.Next())
        {
            if (cursor is { Field: MetadataField, IsBytes: true } && Pair(cursor.Bytes) is { } pair && pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
                values[pair.Key[Prefix.Length..]] = pair.Value;
        }

        return values;
    }

    private static (string Key, string Value)? Pair(ReadOnlySpan<byte> message)
    {
        string key = "", value = "";
        var cursor = new ProtobufCursor(message);
        while (cursor.Next())
        {
            if (!cursor.IsBytes || cursor.Bytes.Length > LongestValue)
                continue;
            if (cursor.Field == 1)
                key = Encoding.UTF8.GetString(cursor.Bytes);
            else if (cursor.Field == 2)
                value = Encoding.UTF8.GetString(cursor.Bytes);
        }

        return key.Length == 0 ? null : (key, value);
    }
}
