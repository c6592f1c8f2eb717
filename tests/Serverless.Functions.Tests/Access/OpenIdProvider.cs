using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Serverless.Api.Access.SignIn;

namespace Serverless.Functions.Tests.Access;

/// <summary>A sign-in on a free loopback port: OpenID metadata, keys, and tokens in any state that the test wants.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string OtherTenant = "99999999-2222-3333-4444-555555555555";
    public const string Audience = "api://serverless";

    private readonly WebApplication app;
    private readonly Dictionary<string, RSA> published = [];

    private OpenIdProvider(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>How often the keys were fetched.</summary>
    public int KeyRequests { get; private set; }

    /// <summary>Whether it answers with errors.</summary>
    public bool Down { get; set; }

    public EntraOptions Options => new() { TenantId = Tenant, Audiences = [Audience], Authority = Address, AllowHttp = true };

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var provider = new OpenIdProvider(app);
        app.Run(provider.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        provider.Address = new Uri(app.Urls.First());
        provider.Publish("key-1");
        return provider;
    }

    /// <summary>From now on the provider has a key of this name.</summary>
    public void Publish(string keyId) => published[keyId] = RSA.Create(2048);

    /// <summary>The claims of a good token of a person.</summary>
    public JsonObject Claims(params string[] roles) => new()
    {
        ["iss"] = $"{Address.AbsoluteUri.TrimEnd('/')}/{Tenant}/v2.0",
        ["aud"] = Audience,
        ["tid"] = Tenant,
        ["oid"] = "aaaaaaaa-0000-0000-0000-000000000001",
        ["sub"] = "pairwise-subject",
        ["scp"] = "access",
        ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
        ["nbf"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = DateTimeOffset.UtcNow.AddMinutes(60).ToUnixTimeSeconds(),
    };

    /// <summary>A token, signed.</summary>
    public string Sign(JsonObject claims, string keyId = "key-1", string alg = "RS256", JsonObject? header = null, RSA? with = null)
    {
        var signed = Text(header ?? new JsonObject { ["typ"] = "JWT", ["alg"] = alg, ["kid"] = keyId }) + "." + Text(claims);
        return signed + "." + Base64UrlEncoder.Encode((with ?? published[keyId]).SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>A token whose algorithm is HMAC and whose key is the public key's own text: taken for good by whoever asks the token how to check it.</summary>
    public string SignWithPublicKeyAsSecret(JsonObject claims)
    {
        var signed = Text(new JsonObject { ["typ"] = "JWT", ["alg"] = "HS256", ["kid"] = "key-1" }) + "." + Text(claims);
        var secret = System.Text.Encoding.ASCII.GetBytes(published["key-1"].ExportSubjectPublicKeyInfoPem());
        return signed + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, System.Text.Encoding.ASCII.GetBytes(signed)));
    }

    public static string Text(JsonObject json) => Base64UrlEncoder.Encode(json.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        foreach (var key in published.Values)
            key.Dispose();
    }

    private Task AnswerAsync(HttpContext http)
    {
        if (Down)
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        }

        var root = Address.AbsoluteUri.TrimEnd('/');
        if (http.Request.Path == $"/{Tenant}/v2.0/.well-known/openid-configuration")
            return WriteAsync(http, new JsonObject { ["issuer"] = $"{root}/{Tenant}/v2.0", ["jwks_uri"] = $"{root}/{Tenant}/keys" });
        if (http.Request.Path != $"/{Tenant}/keys")
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        KeyRequests++;
        return WriteAsync(http, new JsonObject
        {
            ["keys"] = new JsonArray([.. published.Select(key => (JsonNode)new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.Key,
                ["n"] = Base64UrlEncoder.Encode(key.Value.ExportParameters(false).Modulus!), ["e"] = Base64UrlEncoder.Encode(key.Value.ExportParameters(false).Exponent!),
            })]),
        });
    }

    private static Task WriteAsync(HttpContext http, JsonObject json)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(json));
    }
}
