namespace Serverless.Tuning.Catalogs;

/// <summary>Settings that were checked, with what was said or the default.</summary>
internal sealed class SettingValues(IReadOnlyList<Setting> settings, IReadOnlyDictionary<string, double> given)
{
    public double Number(string name) => OptionalNumber(name)!.Value;

    public double? OptionalNumber(string name) =>
        given.TryGetValue(name, out var value) ? value : settings.Single(setting => setting.Name == name).Default;

    public int Whole(string name) => (int)Number(name);

    public int? OptionalWhole(string name) => (int?)OptionalNumber(name);

    public bool Flag(string name) => Number(name) != 0;
}
