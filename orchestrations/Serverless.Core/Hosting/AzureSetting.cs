namespace Serverless.Core.Hosting;

/// <summary>A setting that an app of the Azure edition reads.</summary>
/// <param name="Name">Its name, as it stands in the app's settings.</param>
/// <param name="Apps">Who reads it.</param>
/// <param name="What">What it says, with its form.</param>
/// <param name="Otherwise">What holds when it is missing or empty; null: it must be there.</param>
public sealed record AzureSetting(string Name, AzureApp Apps, string What, string? Otherwise = null)
{
    /// <summary>Its name in the configuration of .NET, where <c>__</c> reads <c>:</c>.</summary>
    public string Key => Name.Replace("__", ":", StringComparison.Ordinal);
}
