using System.Buffers.Text;
using System.Text;
using Azure.Core;

namespace Serverless.Infra.Azure.Tests.Services;

/// <summary>An identity as Azurite's basic OAuth takes it: a token with the right issuer and audience, whose signature nobody checks.</summary>
internal sealed class TestIdentity : TokenCredential
{
    /// <summary>The scopes that were asked for.</summary>
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        lock (Scopes)
            Scopes.AddRange(requestContext.Scopes);
        var now = TimeProvider.System.GetUtcNow();
        var end = now.AddHours(1);
        var audience = requestContext.Scopes[0].Replace("/.default", "", StringComparison.Ordinal);
        var claims = $$"""
            {"aud":"{{audience}}","iss":"https://sts.windows.net/00000000-0000-0000-0000-000000000001/","iat":{{now.ToUnixTimeSeconds()}},"nbf":{{now.ToUnixTimeSeconds() - 60}},
            "exp":{{end.ToUnixTimeSeconds()}},"oid":"00000000-0000-0000-0000-000000000002","tid":"00000000-0000-0000-0000-000000000001","ver":"1.0"}
            """;
        return new AccessToken($"{Part("""{"alg":"none","typ":"JWT"}""")}.{Part(claims)}.{Part("signature")}", end);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
