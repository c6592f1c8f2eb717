using System.Globalization;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Operators;

/// <summary>The operators of ai.onnx and ai.onnx.ml with the versions that changed them.</summary>
internal static class OperatorTable
{
    private static readonly Lazy<Dictionary<string, Versions>> Main = new(() => Read("ai.onnx.txt"));
    private static readonly Lazy<Dictionary<string, Versions>> MachineLearning = new(() => Read("ai.onnx.ml.txt"));

    private sealed record Versions(int Since, int? Deprecated);

    public static bool IsKnownDomain(string domain) => OpsetImport.Canonical(domain) is OpsetImport.Main or OpsetImport.MachineLearning;

    public static OperatorStanding Find(string domain, string name, long version)
    {
        var table = OpsetImport.Canonical(domain) switch
        {
            OpsetImport.Main => Main.Value,
            OpsetImport.MachineLearning => MachineLearning.Value,
            _ => null,
        };
        if (table is null)
            return OperatorStanding.UnknownDomain;
        if (!table.TryGetValue(name, out var versions))
            return OperatorStanding.Unknown;
        return version < versions.Since ? OperatorStanding.TooNew : version >= versions.Deprecated ? OperatorStanding.Deprecated : OperatorStanding.Known;
    }

    private static Dictionary<string, Versions> Read(string resource)
    {
        using var stream = typeof(OperatorTable).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<string, Versions>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line is not ['#', ..] && line.Split(' ') is [var name, .. var versions])
                table.Add(name, new(Number(versions[0]), versions.FirstOrDefault(version => version.EndsWith('x')) is { } gone ? Number(gone) : null));
        return table;
    }

    private static int Number(string text) => int.Parse(text.TrimEnd('x'), CultureInfo.InvariantCulture);
}
