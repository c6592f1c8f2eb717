namespace Serverless.Tuning.Catalogs;

/// <summary>Something that can be made by name.</summary>
/// <typeparam name="T">The port that it serves.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is, in a sentence.</param>
/// <param name="Settings">What it can be told.</param>
/// <param name="Make">Makes one.</param>
internal sealed record CatalogEntry<T>(string Name, string Meaning, IReadOnlyList<Setting> Settings, Func<SettingValues, T> Make);
