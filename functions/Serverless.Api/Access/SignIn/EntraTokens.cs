using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Api.Access.SignIn;

/// <summary>
/// Checks access tokens of one tenant: signature (RS256, keys from the tenant's OpenID metadata), issuer of version 1 or 2, tenant, audience, times.
/// The library does the cryptography and the keeping of keys; what is allowed is said here.
/// See <see href="https://learn.microsoft.com/entra/identity-platform/access-tokens"/>.
/// </summary>
public sealed class EntraTokens : IDisposable
{
    /// <summary>Longest token that is looked at, in characters: one with 200 groups has about 10 KiB.</summary>
    public const int MaxLength = 16 * 1024;

    private const long MaxMetadataBytes = 1024 * 1024;
    private readonly EntraOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> metadata;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };
    private readonly TokenValidationParameters rules;

    /// <summary>Makes the checker. Nothing is fetched before the first token comes.</summary>
    /// <param name="options">Whose tokens.</param>
    /// <param name="clock">Tells the time that tokens are held against.</param>
    /// <param name="transport">Reaches the provider; null: the usual one.</param>
    public EntraTokens(EntraOptions options, TimeProvider clock, HttpMessageHandler? transport = null)
    {
        this.options = options;
        this.clock = clock;
        http = new HttpClient(transport ?? new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = MaxMetadataBytes,
        };
        metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            options.MetadataAddress, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http) { RequireHttps = !options.AllowHttp })
        {
            RefreshInterval = options.RefreshInterval,
            AutomaticRefreshInterval = options.KeyLife,
        };
        rules = Rules();
    }

    /// <summary>Whether a text looks like such a token: three parts, the first a JSON object in base64.</summary>
    public static bool Looks(string text)
    {
        if (!text.StartsWith("eyJ", StringComparison.Ordinal))
            return false;
        var dots = 0;
        foreach (var c in text)
            dots += c == '.' ? 1 : 0;
        return dots == 2;
    }

    /// <summary>Who a token is of; null with the reason when it proves nothing.</summary>
    /// <exception cref="ServerlessException"><c>unavailable</c> when the provider's keys cannot be had.</exception>
    public async Task<(SignedIn? Who, string? Refusal)> ReadAsync(string token, CancellationToken cancel)
    {
        if (token.Length > MaxLength)
            return (null, $"it has {token.Length} characters; the limit is {MaxLength}");
        await RequireKeysAsync(cancel);
        var result = await handler.ValidateTokenAsync(token, rules);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
            return (null, Reason(result.Exception));
        if (!string.Equals(Claim(read, "tid"), options.TenantId, StringComparison.OrdinalIgnoreCase))
            return (null, "it is of another tenant");
        var who = new SignedIn(
            Claim(read, "oid") ?? read.Subject ?? "unknown",
            Texts(read, "roles"),
            Claim(read, "xms_mirid"),
            Claim(read, "xms_az_rid"),
            IsApplication: Claim(read, "idtyp") == "app" || (Claim(read, "oid") is { } oid && oid == read.Subject));
        // An id token has the same issuer and audience and says who signed in, not what was granted.
        return who.IsApplication || Claim(read, "scp") is { Length: > 0 } ? (who, null) : (null, "it is no access token");
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private TokenValidationParameters Rules() => new()
    {
        ConfigurationManager = metadata,
        ValidIssuers = options.Issuers,
        ValidAudiences = options.Audiences,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidTypes = ["JWT", "at+jwt"],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidateIssuerSigningKey = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (begins, ends, _, _) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return ends is { } end && end > now - options.ClockSkew && (begins is not { } begin || begin < now + options.ClockSkew);
        },
    };

    private async Task RequireKeysAsync(CancellationToken cancel)
    {
        try
        {
            await metadata.GetConfigurationAsync(cancel);
        }
        catch (Exception unreachable) when (unreachable is InvalidOperationException or IOException or HttpRequestException || (unreachable is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ServerlessException(ProblemCodes.Unavailable, $"The keys of the sign-in at '{options.Authority.Host}' cannot be had.",
                "Try again; use a key of this host meanwhile. Look whether the host may reach that address.", retryable: true, inner: unreachable);
        }
    }

    /// <summary>In our words: the library's tell of claims that the caller, who may be anybody, has no business with.</summary>
    private static string Reason(Exception? error) => error switch
    {
        SecurityTokenInvalidIssuerException => "it is of another issuer",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "it has expired, or is not valid yet",
        SecurityTokenSignatureKeyNotFoundException => "it is signed by a key that its issuer does not have",
        SecurityTokenInvalidAlgorithmException => "it is not signed by RS256",
        SecurityTokenInvalidSignatureException => "its signature is wrong",
        _ => "it cannot be read",
    };

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static IReadOnlyList<string> Texts(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string[]>(name, out var values) && values is not null ? values
        : Claim(token, name) is { } value ? [value]
        : [];
}
