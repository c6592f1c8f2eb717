using Serverless.Api.Access.Nodes;
using Serverless.Api.Access.SignIn;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Core.Names;

namespace Serverless.Api;

/// <summary>Reads from a host's settings who may come in beside those with keys. Every host reads it the same way.</summary>
public static class AccessSettings
{
    /// <summary>Options with the organisation's sign-in, the nodes' identity and the platform's own sign-in, as far as they are set.</summary>
    /// <param name="options">What is known already.</param>
    /// <param name="read">Reads a setting or variable by its name.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with everything that is wrong, at once.</exception>
    public static ApiOptions With(ApiOptions options, Func<string, string?> read)
    {
        var errors = new List<FieldError>();
        var (tenant, audience) = (Text(AzureSettings.Tenant), Text(AzureSettings.Audience));
        if (tenant is null != audience is null)
            errors.Add(new FieldError(tenant is null ? AzureSettings.Tenant : AzureSettings.Audience,
                $"Of '{AzureSettings.Tenant}' and '{AzureSettings.Audience}' one is set without the other.", "Set both for sign-in with the organisation's accounts, or neither."));
        if (tenant is not null && !Guid.TryParseExact(tenant, "D", out _))
            errors.Add(new FieldError(AzureSettings.Tenant, $"The tenant {Shown.Quote(tenant)} is not a tenant's id.", "Give the GUID, as 'az account show --query tenantId' says it; a tenant such as 'common' lets everybody in."));
        var authority = Authority(Text(AzureSettings.Authority), errors);
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
        var entra = tenant is null ? null : new EntraOptions { TenantId = tenant.ToLowerInvariant(), Audiences = Audiences(audience!) };
        if (entra is not null && authority is not null)
            entra = entra with { Authority = authority };
        return options with
        {
            Entra = entra,
            Nodes = entra is not null && Text(AzureSettings.NodePrincipal) is { } principal && Text(AzureSettings.NodeIdentity) is { } identity
                ? new NodeIdentityOptions { PrincipalId = principal, ResourceId = identity, MachinesBelow = MachinesBelow() }
                : null,
            TrustPlatformSignIn = EasyAuth.IsTrusted(string.Equals(Text(AzureSettings.EasyAuth), "true", StringComparison.OrdinalIgnoreCase), read),
        };

        string? Text(string name) => read(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string? MachinesBelow() => Text(AzureSettings.Subscription) is { } subscription && Text(AzureSettings.ResourceGroup) is { } group
            ? $"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute/"
            : null;
    }

    private static Uri? Authority(string? text, List<FieldError> errors)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0)
            return uri;
        errors.Add(new FieldError(AzureSettings.Authority, $"The authority {Shown.Quote(text)} is no https address.", "Give one such as 'https://login.microsoftonline.com/'."));
        return null;
    }

    /// <summary>The id URI and, of <c>api://{id}</c>, the id itself: tokens of version 1 name the one, those of version 2 the other.</summary>
    private static IReadOnlyList<string> Audiences(string audience) =>
        [.. audience.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(one => one.StartsWith("api://", StringComparison.Ordinal) && Guid.TryParseExact(one[6..], "D", out _) ? new[] { one, one[6..] } : [one]).Distinct(StringComparer.Ordinal)];
}
