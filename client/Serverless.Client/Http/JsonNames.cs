using System.Text.Json;

namespace Serverless.Client.Http;

/// <summary>Members of enumerations as they go over the wire.</summary>
internal static class JsonNames
{
    /// <summary>The member's name in camel case.</summary>
    public static string CamelCase<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
