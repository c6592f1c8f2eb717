using System.Globalization;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Catalogs;

/// <summary>Makes things by name from settings that are numbers.</summary>
/// <typeparam name="T">The port that they serve.</typeparam>
/// <param name="what">What they are, for messages, such as <c>sampler</c>.</param>
/// <param name="entries">What there is.</param>
internal sealed class Catalog<T>(string what, IReadOnlyList<CatalogEntry<T>> entries)
    where T : class
{
    public IReadOnlyList<string> Names { get; } = [.. entries.Select(entry => entry.Name)];

    public IReadOnlyList<Setting>? SettingsOf(string name) => Find(name)?.Settings;

    public string? MeaningOf(string name) => Find(name)?.Meaning;

    public T? Create(string name, IReadOnlyDictionary<string, double> settings, out IReadOnlyList<SpaceError> errors)
    {
        var entry = Find(name);
        errors = entry is null
            ? [new("name", $"There is no {what} '{name}'.", $"Use one of {string.Join(", ", Names)}.")]
            : [.. settings.SelectMany(given => Check(entry, given.Key, given.Value))];
        return entry is null || errors.Count > 0 ? null : entry.Make(new SettingValues(entry.Settings, settings));
    }

    private CatalogEntry<T>? Find(string name) => entries.FirstOrDefault(entry => entry.Name == name);

    private IEnumerable<SpaceError> Check(CatalogEntry<T> entry, string name, double value)
    {
        var path = $"settings.{name}";
        if (entry.Settings.FirstOrDefault(setting => setting.Name == name) is not { } setting)
        {
            var known = entry.Settings.Count == 0 ? "It has none: leave it out." : $"Use one of {string.Join(", ", entry.Settings.Select(other => other.Name))}.";
            yield return new(path, $"The {what} '{entry.Name}' has no setting '{name}'.", known);
        }
        else if (!(value >= setting.Least && value <= setting.Greatest) || (setting.Kind != SettingKind.Number && value != Math.Floor(value)))
        {
            yield return new(path, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}, which it cannot be."), Range(setting));
        }
    }

    private static string Range(Setting setting) => setting.Kind switch
    {
        SettingKind.Flag => "Give 1 for yes or 0 for no.",
        SettingKind.Whole => string.Create(CultureInfo.InvariantCulture, $"Give a whole number from {setting.Least} to {setting.Greatest}."),
        SettingKind.Number => string.Create(CultureInfo.InvariantCulture, $"Give a number from {setting.Least} to {setting.Greatest}."),
        _ => throw new InvalidOperationException($"The setting '{setting.Name}' is of the unknown kind '{setting.Kind}'. Use one of the kinds of this library."),
    };
}
