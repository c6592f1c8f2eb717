using System.Reflection;
using System.Text.RegularExpressions;
using Serverless.Core.Hosting;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Templates;

/// <summary>Looks at the sources of what runs in Azure, which CI does not compile: each setting is read, and none is read by a name that is not in the list.</summary>
public sealed partial class SettingUseTests
{
    private static readonly string[] Rooms =
    [
        "functions/Serverless.Functions", "functions/Serverless.Functions.Inference", "functions/Serverless.Api",
        "infra/Serverless.Infra.Azure", "infra/Serverless.Infra.Compute", "orchestrations/Serverless.Core/Budgets",
    ];

    [Fact]
    public void Settings_Each_IsReadSomewhere()
    {
        var read = Sources().SelectMany(source => Named().Matches(source.Text)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var names = typeof(AzureSettings).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => field.Name);
        Assert.Empty(names.Except(read));
    }

    [Fact]
    public void Settings_ByAnotherName_AreNotRead() =>
        Assert.Empty(Sources().SelectMany(source => Literal().Matches(source.Text).Select(match => $"{source.Path}: {match.Value}")));

    private static IEnumerable<(string Path, string Text)> Sources() =>
        from room in Rooms
        from file in Directory.EnumerateFiles(Path.Combine(Needs.RepositoryRoot(), room), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select (file, File.ReadAllText(file));

    [GeneratedRegex(@"AzureSettings\.([A-Za-z]+)")]
    private static partial Regex Named();

    [GeneratedRegex("\"(?:SERVERLESS|AZURE)_[A-Z_]+\"")]
    private static partial Regex Literal();
}
