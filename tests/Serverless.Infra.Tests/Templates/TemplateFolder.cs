using Serverless.Infra.Tests.Templates.Reading;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Templates;

/// <summary>The templates, and what they are held against, as text by path from the repository's root; and the same with a change.</summary>
internal sealed class TemplateFolder
{
    public const string Main = "infra/main.bicep";
    public const string ParameterFile = "infra/main.parameters.json";
    public const string AzureDoc = "docs/azure.md";

    private readonly Dictionary<string, string> texts;

    private TemplateFolder(Dictionary<string, string> texts)
    {
        this.texts = texts;
        Files = texts.Where(text => text.Key.EndsWith(".bicep", StringComparison.Ordinal)).ToDictionary(text => text.Key, text => BicepFile.Parse(text.Key, text.Value), StringComparer.Ordinal);
    }

    /// <summary>The Bicep files by path.</summary>
    public IReadOnlyDictionary<string, BicepFile> Files { get; }

    /// <summary>A file's text.</summary>
    public string this[string path] => texts[path];

    /// <summary>Reads the repository's.</summary>
    public static TemplateFolder Read()
    {
        var root = Needs.RepositoryRoot();
        var paths = Directory.EnumerateFiles(Path.Combine(root, "infra"), "*.bicep").Concat(Directory.EnumerateFiles(Path.Combine(root, "infra", "modules"), "*.bicep"))
            .Concat(new[] { ParameterFile, AzureDoc }.Select(path => Path.Combine(root, path)));
        return new TemplateFolder(paths.ToDictionary(path => Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal));
    }

    /// <summary>The same with one text replaced, which must be there.</summary>
    public TemplateFolder With(string path, string old, string now)
    {
        Assert.Contains(old, texts[path], StringComparison.Ordinal);
        return new TemplateFolder(new Dictionary<string, string>(texts, StringComparer.Ordinal) { [path] = texts[path].Replace(old, now, StringComparison.Ordinal) });
    }

    /// <summary>The same without a file.</summary>
    public TemplateFolder Without(string path) => new(texts.Where(text => text.Key != path).ToDictionary(StringComparer.Ordinal));

    /// <summary>All resources that are made, with their file.</summary>
    public IEnumerable<(BicepFile File, BicepResource Resource)> Made() =>
        from file in Files.Values
        from resource in file.Resources
        where !resource.Existing
        select (file, resource);

    /// <summary>The rows of the table in a document that follows a heading, cell by cell, without the head.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table(string document, string heading)
    {
        var lines = texts[document].Split('\n').SkipWhile(line => line.TrimStart('#', ' ') != heading || !line.StartsWith('#')).Skip(1).TakeWhile(line => !line.StartsWith('#'));
        return [.. lines.Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToList())];
    }
}
