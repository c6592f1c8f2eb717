using System.Text.Json;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Hosts;

/// <summary>Finds the host that runs on this machine, by what it writes into its data folder.</summary>
public static class LocalHost
{
    /// <summary>The environment variable with a host's address.</summary>
    public const string AddressVariable = "SERVERLESS_URL";

    /// <summary>The environment variable with the API key.</summary>
    public const string KeyVariable = "SERVERLESS_KEY";

    /// <summary>The environment variable with the data folder of the local host.</summary>
    public const string HomeVariable = "SERVERLESS_HOME";

    /// <summary>The data folder when nothing names another: <c>SERVERLESS_HOME</c>, else <c>~/.serverless</c>.</summary>
    public static string DefaultDataFolder => Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home
        ? Path.GetFullPath(home)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".serverless");

    /// <summary>What the host of a data folder says of itself; null when none runs with it.</summary>
    public static RunningHost? Find(string dataFolder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(dataFolder, "run", "host.json"));
            return JsonSerializer.Deserialize(file, ContractsJson.Default.RunningHost) is { } host
                && Uri.TryCreate(host.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? host
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The key that the host of a data folder made on its first start; null when it cannot be read.</summary>
    public static string? ReadKey(string dataFolder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(dataFolder, "keys", "admin.key")).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
