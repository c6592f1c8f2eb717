using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics;

/// <summary>
/// Reads one line of the metrics file: <c>{"name":"loss","value":0.5,"step":3}</c>, or an object of names and numbers such as <c>{"loss":0.5,"accuracy":0.9,"step":3}</c>.
/// Python writes NaN and Infinity without quotes; that is read too.
/// </summary>
internal static partial class MetricJson
{
    private const int NameLimit = 128;

    /// <summary>The points of a line; null when it is no such object.</summary>
    public static IReadOnlyList<MetricPoint>? Read(string line, DateTimeOffset at)
    {
        try
        {
            return Parse(line, at);
        }
        catch (JsonException)
        {
            try
            {
                return Parse(BareNumbers().Replace(line, "$1\"$2\""), at);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static List<MetricPoint>? Parse(string line, DateTimeOffset at)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4 });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        long? step = root.TryGetProperty("step", out var stepElement) && stepElement.ValueKind == JsonValueKind.Number && stepElement.TryGetInt64(out var number) ? number : null;
        if (root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && root.TryGetProperty("value", out var value))
            return Number(value) is { } single && Good(name.GetString()) ? [new MetricPoint(name.GetString()!, single, step, at)] : null;
        var points = new List<MetricPoint>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name != "step" && Good(member.Name) && Number(member.Value) is { } each)
                points.Add(new MetricPoint(member.Name, each, step, at));
        }

        return points;
    }

    private static bool Good(string? name) => name is { Length: > 0 and <= NameLimit };

    private static double? Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString() is "NaN" or "Infinity" or "-Infinity" ? MetricNumber.Read(element.GetString()) : null,
        _ => null,
    };

    [GeneratedRegex(@"(:\s*)(NaN|-?Infinity)(?=\s*[,}])", RegexOptions.CultureInvariant)]
    private static partial Regex BareNumbers();
}
