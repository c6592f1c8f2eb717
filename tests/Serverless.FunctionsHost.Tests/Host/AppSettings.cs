namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>Settings of the function app in tests.</summary>
internal static class AppSettings
{
    /// <summary>No service of Azure can be reached: what a function asks of one fails.</summary>
    public static IReadOnlyDictionary<string, string> Offline { get; } = new Dictionary<string, string>();
}
