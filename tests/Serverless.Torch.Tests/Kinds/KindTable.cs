using System.Collections.Concurrent;
using System.Globalization;
using Serverless.TestKit;

namespace Serverless.Torch.Tests.Kinds;

/// <summary>The table of kinds in docs/torch.md. <c>SERVERLESS_WRITE_GOLDEN=1</c> writes it anew from what the tests have found.</summary>
public sealed class KindTable : IDisposable
{
    private const string Begin = "<!-- kinds -->";
    private const string End = "<!-- end of kinds -->";
    private readonly ConcurrentDictionary<string, double> found = new();

    private static string File => Path.Combine(Needs.RepositoryRoot(), "docs", "torch.md");

    /// <summary>The kinds in the document, in their order.</summary>
    public static IReadOnlyList<string> Documented =>
        [.. Between(System.IO.File.ReadAllText(File)).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];

    internal void Keep(ModuleKind kind, double worst) => found[kind.Name] = worst;

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("SERVERLESS_WRITE_GOLDEN") != "1" || found.Count != ModuleKinds.All.Count)
            return;
        var text = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, string.Concat(text.AsSpan(0, From(text)), Rows(), text.AsSpan(text.IndexOf(End, StringComparison.Ordinal))));
    }

    private string Rows() => "\n| kind | group | largest deviation |\n| --- | --- | --- |\n" + string.Concat(ModuleKinds.All.Select(kind => $"| `{kind.Name}` | {kind.Group} | {Shown(found[kind.Name])} |\n"));

    private static string Shown(double deviation) => deviation == 0 ? "0" : deviation.ToString("0E+00", CultureInfo.InvariantCulture);

    private static string Between(string text) => text[From(text)..text.IndexOf(End, StringComparison.Ordinal)];

    private static int From(string text) => text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
}
