namespace Serverless.Core.Hosting;

/// <summary>What the platform says of the app that it runs, by the variables that App Service and Container Apps set.</summary>
public static class PlatformHost
{
    /// <summary>The names under which the app is reached; empty where there is no such platform.</summary>
    /// <param name="read">Reads a setting or variable by its name.</param>
    public static IReadOnlyList<string> Names(Func<string, string?> read)
    {
        var app = read("CONTAINER_APP_NAME") is { Length: > 0 } name && read("CONTAINER_APP_ENV_DNS_SUFFIX") is { Length: > 0 } suffix ? $"{name}.{suffix}" : null;
        return [.. new[] { read("WEBSITE_HOSTNAME"), read("CONTAINER_APP_HOSTNAME"), app }.OfType<string>().Select(Host).Where(one => one.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The command that starts this program again: the host of .NET with the assembly, or the program's own executable.</summary>
    /// <param name="process">The file that runs.</param>
    /// <param name="assembly">The program's assembly.</param>
    public static IReadOnlyList<string> ThisProgram(string? process, string assembly) =>
        process is null || string.Equals(Path.GetFileNameWithoutExtension(process), "dotnet", StringComparison.OrdinalIgnoreCase) ? [process ?? "dotnet", assembly] : [process];

    private static string Host(string text)
    {
        var host = text.Trim();
        return host.IndexOf(':') is var colon and >= 0 ? host[..colon] : host;
    }
}
