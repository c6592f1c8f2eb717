namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>Each kind of resource that is made has its row in the table of what an idle environment costs, and each row is made. A resource inside another is billed with it.</summary>
internal static class CostRules
{
    public const string Heading = "What an idle environment costs";

    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        var made = folder.Made().Select(made => made.Resource.Type).Where(type => !type.StartsWith("Microsoft.Graph/", StringComparison.Ordinal) && !type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal))
            .Where(type => type.Count(c => c == '/') == 1).ToHashSet(StringComparer.Ordinal);
        var rows = folder.Table(TemplateFolder.AzureDoc, Heading);
        var told = rows.SelectMany(row => row[0].Split('`').Where((_, i) => i % 2 == 1)).ToHashSet(StringComparer.Ordinal);
        foreach (var type in made.Except(told))
            yield return $"{TemplateFolder.AzureDoc}: the table '{Heading}' lacks `{type}`.";
        foreach (var type in told.Except(made))
            yield return $"{TemplateFolder.AzureDoc}: the table '{Heading}' has `{type}`, which no template makes.";
        foreach (var row in rows.Where(row => row.Count < 5 || row.Any(string.IsNullOrWhiteSpace)))
            yield return $"{TemplateFolder.AzureDoc}: the row {row[0]} of '{Heading}' has an empty cell.";
    }
}
