namespace Serverless.Api.Access.SignIn;

/// <summary>The organisation whose accounts sign in with Microsoft Entra ID.</summary>
public sealed record EntraOptions
{
    /// <summary>The organisation's tenant, as a GUID. Tokens of any other are refused.</summary>
    public required string TenantId { get; init; }

    /// <summary>Whom a token must be for: the application's id, its id URI, or both.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Where tokens come from. Default: the public cloud.</summary>
    public Uri Authority { get; init; } = new("https://login.microsoftonline.com/");

    /// <summary>The issuer of tokens of version 1, which managed identities get. Default: the public cloud's.</summary>
    public Uri IssuerV1 { get; init; } = new("https://sts.windows.net/");

    /// <summary>By how much clocks may differ. Default: 5 minutes, what Entra ID's own libraries allow.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How soon the keys are fetched again when a token names one that is not among them. Default: 5 minutes: a stranger cannot make the host ask more often.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the keys are used before they are fetched again. Default: 12 hours.</summary>
    public TimeSpan KeyLife { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Whether the metadata may come over plain HTTP. For tests against a loopback provider only.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>The issuers that are ours: the tenant's, of both versions.</summary>
    public IReadOnlyList<string> Issuers => [$"{Authority.AbsoluteUri.TrimEnd('/')}/{TenantId}/v2.0", $"{IssuerV1.AbsoluteUri.TrimEnd('/')}/{TenantId}/"];

    /// <summary>Where the metadata is.</summary>
    public string MetadataAddress => $"{Authority.AbsoluteUri.TrimEnd('/')}/{TenantId}/v2.0/.well-known/openid-configuration";
}
