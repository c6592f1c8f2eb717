using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Contracts.Enumerations;

/// <summary>Writes an enumeration as camel-case text and reads it without regard to case; numbers are refused.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
