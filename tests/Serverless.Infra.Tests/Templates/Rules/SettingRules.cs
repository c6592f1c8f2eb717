using Serverless.Core.Hosting;
using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>The templates set what the apps read, and nothing that nobody reads. What the platform reads by itself is in the documentation's table.</summary>
internal static class SettingRules
{
    public const string Heading = "Settings that the platform reads";
    public const string ProductHeading = "Settings that the product reads";

    /// <summary>What the platform reads beside the namespace to sign in to the bus as the app's identity.</summary>
    private static readonly string[] OfTheBus = [AzureSettings.ServiceBus + "__credential", AzureSettings.ServiceBus + "__clientId"];

    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        var main = folder.Files[TemplateFolder.Main];
        return
        [
            .. Compare("controlSettings", Names(main, "controlSettings"), Read(AzureApp.Control).Concat(OfTheBus)),
            .. Compare("inferenceSettings", Names(main, "inferenceSettings"), Read(AzureApp.Inference)),
            .. Product(folder),
            .. Platform(folder),
        ];
    }

    private static IEnumerable<string> Read(AzureApp app) => AzureSettings.All.Where(setting => setting.Apps.HasFlag(app)).Select(setting => setting.Name);

    private static IEnumerable<string> Compare(string where, IEnumerable<string> set, IEnumerable<string> read)
    {
        var (there, wanted) = (set.ToHashSet(StringComparer.Ordinal), read.ToHashSet(StringComparer.Ordinal));
        return wanted.Except(there).Select(name => $"{TemplateFolder.Main}: '{where}' lacks '{name}', which the app reads.")
            .Concat(there.Except(wanted).Select(name => $"{TemplateFolder.Main}: '{where}' has '{name}', which the app does not read."));
    }

    private static IEnumerable<string> Product(TemplateFolder folder)
    {
        var wanted = AzureSettings.All.Select(setting => $"`{setting.Name}` | {App(setting.Apps)} | {setting.What} | {setting.Otherwise ?? "the app does not start"}").ToHashSet(StringComparer.Ordinal);
        var told = folder.Table(TemplateFolder.AzureDoc, ProductHeading).Select(row => string.Join(" | ", row)).ToHashSet(StringComparer.Ordinal);
        return wanted.Except(told).Select(row => $"{TemplateFolder.AzureDoc}: the table '{ProductHeading}' lacks the row | {row} |")
            .Concat(told.Except(wanted).Select(row => $"{TemplateFolder.AzureDoc}: the table '{ProductHeading}' has a row that is not so: | {row} |"));
    }

    private static string App(AzureApp apps) => apps switch { AzureApp.Control => "control", AzureApp.Inference => "inference", AzureApp.Both => "both", _ => throw new ArgumentOutOfRangeException(nameof(apps), apps, null) };

    private static IEnumerable<string> Platform(TemplateFolder folder)
    {
        var known = AzureSettings.All.Select(setting => setting.Name).Concat(OfTheBus).ToHashSet(StringComparer.Ordinal);
        var set = folder.Files.Values.SelectMany(file => file.Statements).SelectMany(statement => statement.Expressions).SelectMany(expression => expression.All).OfType<BicepObject>()
            .SelectMany(value => value.Members.Select(member => member.Name)).OfType<string>().Where(IsSetting).Where(name => !known.Contains(name)).ToHashSet(StringComparer.Ordinal);
        var told = folder.Table(TemplateFolder.AzureDoc, Heading).Select(row => row[0].Trim('`')).ToHashSet(StringComparer.Ordinal);
        return set.Except(told).Select(name => $"{TemplateFolder.AzureDoc}: the table '{Heading}' lacks '{name}'.")
            .Concat(told.Except(set).Select(name => $"{TemplateFolder.AzureDoc}: the table '{Heading}' has '{name}', which no template sets."));
    }

    /// <summary>Settings are written as the platform writes them: with underscores, or in capitals.</summary>
    private static bool IsSetting(string name) => name.Contains("__", StringComparison.Ordinal) || name.Contains('_') && name == name.ToUpperInvariant();

    private static IEnumerable<string> Names(BicepFile file, string variable) =>
        (file.Variables.FirstOrDefault(declared => declared.Name == variable)?.Value as BicepObject)?.Members.Select(member => member.Name!) ?? [];
}
