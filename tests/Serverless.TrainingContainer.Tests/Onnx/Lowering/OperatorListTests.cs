using Serverless.Onnx.Lowering;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>The list of operators in docs/torch.md is the table's. <c>SERVERLESS_WRITE_GOLDEN=1</c> writes it anew.</summary>
public sealed class OperatorListTests
{
    private const string Begin = "<!-- operators -->\n";
    private const string End = "<!-- end of operators -->";

    [Fact]
    public void Documentation_ListOfOperators_IsTheTables()
    {
        var path = Path.Combine(Needs.RepositoryRoot(), "docs/torch.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var expected = List();
        if (Environment.GetEnvironmentVariable("SERVERLESS_WRITE_GOLDEN") == "1")
            File.WriteAllText(path, text = text[..from] + expected + text[to..]);

        Assert.Contains(Begin + expected + End, text, StringComparison.Ordinal);
    }

    /// <summary>One line for each letter.</summary>
    private static string List() => string.Concat(OperatorLowerings.Names.Select(name => name.StartsWith("aten::", StringComparison.Ordinal) ? name[6..] : name)
        .Where(name => !name.EndsWith('_') || name.EndsWith("__", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .GroupBy(name => name.TrimStart('_')[0]).OrderBy(group => group.Key).Select(group => $"- {string.Join(" ", group.Select(name => $"`{name}`"))}\n"));
}
