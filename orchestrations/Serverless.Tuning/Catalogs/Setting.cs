namespace Serverless.Tuning.Catalogs;

/// <summary>A number that a sampler or a pruner can be told.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">What it is when nothing is said; null: the sampler or pruner decides.</param>
/// <param name="Least">The least number.</param>
/// <param name="Greatest">The greatest number.</param>
/// <param name="Kind">Which numbers between are allowed.</param>
/// <param name="Meaning">What it does.</param>
public sealed record Setting(string Name, double? Default, double Least, double Greatest, SettingKind Kind, string Meaning);
