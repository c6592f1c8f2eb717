using System.Globalization;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Checking;

/// <summary>
/// Data outside the file. By default it is refused. With a folder, the place must be a plain path below it, no link on the way, and the part of the file that is said must
/// be there (CVE-2022-25882, CVE-2024-27318, CVE-2026-27489).
/// </summary>
internal static class ExternalDataRules
{
    public static void Check(IReadOnlyList<KeyValuePair<string, string>> external, OnnxTensor tensor, long count, string place, CheckOptions options, FindingList findings)
    {
        void Bad(string what, string cure) => findings.Add(OnnxFindingCode.ExternalData, place, what, cure);

        var location = external.LastOrDefault(pair => pair.Key == "location").Value ?? "";
        var quoted = FindingList.Quote(location);
        if (options.ExternalDataFolder is not { } folder)
        {
            Bad($"its data lies outside the model, at {quoted}", "Save the model with its weights inside (onnx.save with save_as_external_data=False).");
            return;
        }

        if (WhyUnsafe(location) is { } why)
        {
            Bad($"its data is said to lie at {quoted}, {why}", "Keep the data beside the model, under a plain relative path.");
            return;
        }

        if (Resolve(folder, location) is not { } file)
        {
            Bad($"its data is said to lie at {quoted}, which is not there, or reached by a link", "Bring the file along with the model, as a file and not as a link.");
            return;
        }

        var wanted = TensorRules.BytesOf(tensor.Element, count);
        var offset = Number(external, "offset", 0);
        var length = Number(external, "length", (long)Int128.Min(wanted, long.MaxValue));
        if (offset is not >= 0 || length is not >= 0 || offset > file.Length || length > file.Length - offset)
            Bad($"its data is said to be {length?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes from {offset?.ToString(CultureInfo.InvariantCulture) ?? "?"} of {quoted}, which has {file.Length}", "The data file is cut off or another one. Export both again.");
        else if (length != wanted)
            Bad($"its shape {tensor.Type} wants {wanted} bytes, and {length} are said to be in {quoted}", "Export it again.");
    }

    private static string? WhyUnsafe(string location)
    {
        if (location.Length is 0 or > 255)
            return "which is no path";
        if (location.Any(char.IsControl) || location.AsSpan().IndexOfAny('\\', ':', '%') >= 0)
            return "which holds a character that a path here may not have";
        if (location[0] is '/' or '~' or '-')
            return "which does not begin beside the model";
        return location.Split('/').Any(part => part is "" or "." or "..") ? "which leads elsewhere" : null;
    }

    private static FileInfo? Resolve(string folder, string location)
    {
        var path = Path.GetFullPath(folder);
        foreach (var part in location.Split('/'))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                return null;
        }

        var file = new FileInfo(path);
        return file.Exists ? file : null;
    }

    private static long? Number(IReadOnlyList<KeyValuePair<string, string>> external, string key, long fallback) =>
        external.LastOrDefault(pair => pair.Key == key).Value is not { } text ? fallback
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
