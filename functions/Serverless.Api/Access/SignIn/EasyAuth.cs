using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Serverless.Api.Access.Callers;

namespace Serverless.Api.Access.SignIn;

/// <summary>
/// The header in which App Service's own sign-in ("Easy Auth") says who calls. It proves nothing by itself: anybody can send it. It is read only when the host was told to trust it
/// and the platform says that its sign-in is on, since only then does the platform remove what callers send under that name.
/// See <see href="https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities"/>.
/// </summary>
/// <param name="trusted">Whether it is read; see <see cref="IsTrusted"/>.</param>
internal sealed class EasyAuth(bool trusted)
{
    /// <summary>The header.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The variable by which the platform says that its sign-in is on.</summary>
    public const string EnabledVariable = "WEBSITE_AUTH_ENABLED";

    private const int MaxLength = 16 * 1024;

    /// <summary>Whether the header may be believed.</summary>
    /// <param name="wanted">Whether the host was told to.</param>
    /// <param name="environment">Reads a variable of the host's environment.</param>
    public static bool IsTrusted(bool wanted, Func<string, string?> environment) =>
        wanted && string.Equals(environment(EnabledVariable), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who calls; null when the header is not there, not to be believed, or not to be read.</summary>
    public Caller? Find(HttpRequest request)
    {
        var header = request.Headers[Header];
        if (!trusted || header.Count != 1 || header[0] is not { Length: > 0 and <= MaxLength } text)
            return null;
        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(text), new JsonDocumentOptions { MaxDepth = 8 });
            return Read(principal.RootElement);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Caller? Read(JsonElement principal)
    {
        if (principal.ValueKind != JsonValueKind.Object || !principal.TryGetProperty("claims", out var claims) || claims.ValueKind != JsonValueKind.Array)
            return null;
        var roleType = principal.TryGetProperty("role_typ", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        var (roles, id) = (new List<string>(), (string?)null);
        foreach (var claim in claims.EnumerateArray())
        {
            if (claim.ValueKind != JsonValueKind.Object || !claim.TryGetProperty("typ", out var name) || !claim.TryGetProperty("val", out var value))
                continue;
            var kind = name.GetString();
            if (kind == "roles" || (kind is not null && kind == roleType))
                roles.Add(value.GetString() ?? "");
            else if (kind is "oid" or "http://schemas.microsoft.com/identity/claims/objectidentifier")
                id = value.GetString();
        }

        return id is { Length: > 0 and <= 128 } ? new Caller($"entra:{id}", AccessRoles.Union(roles)) : null;
    }
}
