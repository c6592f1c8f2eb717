using System.Globalization;
using System.Text.Json;

namespace Serverless.Agent.Metadata;

/// <summary>A token of the machine's identity. It is not a record: nothing prints it by accident.</summary>
internal sealed class IdentityToken(string value, DateTimeOffset expiresAt)
{
    /// <summary>The token: a secret.</summary>
    public string Value { get; } = value;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public override string ToString() => FormattableString.Invariant($"a token until {ExpiresAt:u}");

    /// <summary>Reads the service's answer: <c>access_token</c> and <c>expires_on</c> (seconds since 1970, as text), else <c>expires_in</c>.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static IdentityToken Parse(string json, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        var token = MetadataJson.Required(document.RootElement, "access_token");
        var expires = Seconds(document.RootElement, "expires_on") is { } on ? DateTimeOffset.FromUnixTimeSeconds(on)
            : Seconds(document.RootElement, "expires_in") is { } rest ? now.AddSeconds(rest)
            : throw new JsonException("The token does not say when it ends.");
        return new IdentityToken(token, expires);
    }

    private static long? Seconds(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800 ? seconds : null;
    }
}
