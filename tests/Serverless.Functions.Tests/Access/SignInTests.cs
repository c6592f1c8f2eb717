using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Serverless.Api.Access.SignIn;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Functions.Tests.Api;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Access;

/// <summary>Access tokens of an organisation, checked over HTTP against a sign-in of the test's own.</summary>
public sealed class SignInTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reader", 200, 403, 403, 403)]
    [InlineData("submitter", 200, 400, 403, 403)]
    [InlineData("deployer", 200, 400, 400, 403)]
    [InlineData("predictor", 403, 403, 403, 403)]
    [InlineData("admin", 200, 400, 400, 200)]
    [InlineData("Admin", 403, 403, 403, 403)]
    [InlineData("", 403, 403, 403, 403)]
    public async Task Token_WithARole_MayWhatTheRoleMay(string role, int read, int submit, int deploy, int manage)
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { Entra = provider.Options });
        using var client = host.WithKey(provider.Sign(provider.Claims(role)));
        Assert.Equal(read, await StatusAsync(client.GetAsync(Routes.Jobs, Cancel)));
        Assert.Equal(submit, await StatusAsync(client.PostAsync(Routes.Jobs, ApiHost.Json("{}"), Cancel)));
        Assert.Equal(deploy, await StatusAsync(client.PutAsync(Routes.Fill(Routes.Trigger, "t"), ApiHost.Json("{}"), Cancel)));
        Assert.Equal(manage, await StatusAsync(client.GetAsync(Routes.Keys, Cancel)));
    }

    [Fact]
    public async Task Token_WithSeveralRoles_MayWhatAnyMay()
    {
        await using var scene = await SceneAsync();
        Assert.Null(await scene.RefusalAsync(scene.Provider.Sign(scene.Provider.Claims("reader", "predictor", "somebody else's"))));
        var (who, _) = await scene.Tokens.ReadAsync(scene.Provider.Sign(scene.Provider.Claims("reader", "predictor")), Cancel);
        Assert.Equal(["reader", "predictor"], who!.Roles);
    }

    public static TheoryData<string, string> BadClaims => new()
    {
        { "iss", "https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/v2.0" },
        { "iss", "" },
        { "tid", OpenIdProvider.OtherTenant },
        { "tid", "" },
        { "aud", "api://another" },
        { "aud", "" },
        { "exp", "-301" },
        { "exp", "" },
        { "nbf", "600" }, // far enough from the skew of 300 s that a slow machine does not reach it meanwhile
        { "scp", "" },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task Token_WithAClaimThatIsNotOurs_IsRefused(string claim, string value)
    {
        await using var scene = await SceneAsync();
        var claims = scene.Provider.Claims("admin");
        if (value.Length == 0)
            claims.Remove(claim);
        else if (claim is "exp" or "nbf")
            claims[claim] = DateTimeOffset.UtcNow.AddSeconds(int.Parse(value)).ToUnixTimeSeconds();
        else
            claims[claim] = value;
        Assert.NotNull(await scene.RefusalAsync(scene.Provider.Sign(claims)));
    }

    [Theory]
    [InlineData("exp", -200)]
    [InlineData("nbf", 290)]
    public async Task Token_WithinTheSkewOfClocks_IsTaken(string claim, int seconds)
    {
        await using var scene = await SceneAsync();
        var claims = scene.Provider.Claims("admin");
        claims[claim] = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds();
        Assert.Null(await scene.RefusalAsync(scene.Provider.Sign(claims)));
    }

    [Fact]
    public async Task Token_OfVersion1_IsTakenFromTheTenantsOwnIssuerAlone()
    {
        await using var scene = await SceneAsync();
        var claims = scene.Provider.Claims("reader");
        claims["iss"] = $"https://sts.windows.net/{OpenIdProvider.Tenant}/";
        Assert.Null(await scene.RefusalAsync(scene.Provider.Sign(claims)));
        claims["iss"] = $"https://sts.windows.net/{OpenIdProvider.OtherTenant}/";
        Assert.Contains("issuer", await scene.RefusalAsync(scene.Provider.Sign(claims)));
    }

    [Fact]
    public async Task Token_SignedInOtherWays_IsRefused()
    {
        await using var scene = await SceneAsync();
        var provider = scene.Provider;
        var claims = provider.Claims("admin");
        using var stranger = RSA.Create(2048);
        var good = provider.Sign(claims);
        var parts = good.Split('.');
        foreach (var (what, token) in new[]
        {
            ("none", OpenIdProvider.Text(new JsonObject { ["typ"] = "JWT", ["alg"] = "none" }) + "." + parts[1] + "."),
            ("none with the signature", OpenIdProvider.Text(new JsonObject { ["alg"] = "none", ["kid"] = "key-1" }) + "." + parts[1] + "." + parts[2]),
            ("public key as secret", provider.SignWithPublicKeyAsSecret(claims)),
            ("stranger's key under a known name", provider.Sign(claims, with: stranger)),
            ("RS384 said, RS256 signed", provider.Sign(claims, alg: "RS384")),
            ("PS256", provider.Sign(claims, alg: "PS256")),
            ("no kid", provider.Sign(claims, header: new JsonObject { ["alg"] = "RS256" }, with: stranger)),
            ("key in the header", provider.Sign(claims, header: new JsonObject { ["alg"] = "RS256", ["kid"] = "x", ["jku"] = "http://evil.example/keys", ["jwk"] = Jwk(stranger) }, with: stranger)),
            ("other claims under the signature", parts[0] + "." + OpenIdProvider.Text(provider.Claims("admin", "reader")) + "." + parts[2]),
            ("no signature", parts[0] + "." + parts[1] + "."),
            ("cut signature", good[..^8]),
            ("logout token", provider.Sign(claims, header: new JsonObject { ["typ"] = "logout+jwt", ["alg"] = "RS256", ["kid"] = "key-1" })),
            ("no JSON", "eyJ.eyJ.eyJ"),
            ("huge", good + new string('a', EntraTokens.MaxLength)),
        })
            Assert.True(await scene.RefusalAsync(token) is not null, what);
        Assert.Null(await scene.RefusalAsync(good));
    }

    [Fact]
    public async Task Token_OverTheLimit_IsRefusedByTheHostToo()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { Entra = provider.Options });
        using var client = host.WithKey("eyJ" + new string('a', EntraTokens.MaxLength) + ".a.a");
        using var answer = await client.GetAsync(Routes.Jobs, Cancel);
        await ApiHost.ProblemAsync(answer, 401, ProblemCodes.Unauthenticated);
        Assert.Equal(0, provider.KeyRequests);
    }

    [Fact]
    public async Task Token_IdToken_IsNoAccessToken()
    {
        await using var scene = await SceneAsync();
        var claims = scene.Provider.Claims("admin");
        claims.Remove("scp");
        claims["nonce"] = "n";
        Assert.Contains("no access token", await scene.RefusalAsync(scene.Provider.Sign(claims)));
        claims["idtyp"] = "app";
        Assert.Null(await scene.RefusalAsync(scene.Provider.Sign(claims)));
    }

    [Fact]
    public async Task Keys_UnknownName_AreFetchedAgainOnceInARefreshInterval()
    {
        await using var scene = await SceneAsync(options => options with { RefreshInterval = TimeSpan.FromMinutes(5) });
        Assert.Null(await scene.RefusalAsync(scene.Provider.Sign(scene.Provider.Claims("reader"))));
        Assert.Equal(1, scene.Provider.KeyRequests);
        using var stranger = RSA.Create(2048);
        for (var i = 0; i < 50; i++)
            Assert.NotNull(await scene.RefusalAsync(scene.Provider.Sign(scene.Provider.Claims("reader"), keyId: $"unknown-{i}", with: stranger)));
        Assert.InRange(scene.Provider.KeyRequests, 1, 2);
    }

    [Fact]
    public async Task Keys_ThatWereChanged_AreLearnedByTheFirstTokenThatNamesThem()
    {
        await using var scene = await SceneAsync();
        Assert.Null(await scene.RefusalAsync(scene.Provider.Sign(scene.Provider.Claims("reader"))));
        scene.Provider.Publish("key-2");
        await Eventually.TrueAsync("the new key", async () => await scene.RefusalAsync(scene.Provider.Sign(scene.Provider.Claims("reader"), "key-2")) is null, cancel: Cancel);
        Assert.InRange(scene.Provider.KeyRequests, 2, 3);
    }

    [Fact]
    public async Task Provider_ThatIsDown_IsUnavailable_AndKeysOfTheHostGoOnWorking()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Down = true;
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { Entra = provider.Options });
        using var client = host.WithKey(provider.Sign(provider.Claims("reader")));
        using (var refused = await client.GetAsync(Routes.Jobs, Cancel))
            await ApiHost.ProblemAsync(refused, 503, ProblemCodes.Unavailable);
        Assert.Equal(200, await StatusAsync(host.Http.GetAsync(Routes.Jobs, Cancel)));
        provider.Down = false;
        await Eventually.TrueAsync("the sign-in", async () => await StatusAsync(client.GetAsync(Routes.Jobs, Cancel)) == 200, cancel: Cancel);
    }

    [Fact]
    public async Task Token_InLogsAndAnswers_IsNotRepeated()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { Entra = provider.Options });
        var claims = provider.Claims("reader");
        claims["aud"] = "api://somebody-else";
        var token = provider.Sign(claims);
        using var client = host.WithKey(token);
        using var answer = await client.GetAsync(Routes.Jobs, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(token.Split('.')[1], text);
        Assert.DoesNotContain("somebody-else", text);
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains(token.Split('.')[2], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_OnAHostWithoutSignIn_IsAKeyThatNobodyKnows()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await ApiHost.StartAsync();
        using var client = host.WithKey(provider.Sign(provider.Claims("admin")));
        Assert.Equal(401, await StatusAsync(client.GetAsync(Routes.Jobs, Cancel)));
        Assert.Equal(0, provider.KeyRequests);
    }

    private static JsonObject Jwk(RSA key) => new()
    {
        ["kty"] = "RSA",
        ["n"] = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(key.ExportParameters(false).Modulus!),
        ["e"] = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(key.ExportParameters(false).Exponent!),
    };

    private static async Task<int> StatusAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        return (int)response.StatusCode;
    }

    private static async Task<Scene> SceneAsync(Func<EntraOptions, EntraOptions>? change = null)
    {
        var provider = await OpenIdProvider.StartAsync();
        return new Scene(provider, new EntraTokens(change?.Invoke(provider.Options) ?? provider.Options, TimeProvider.System));
    }

    private sealed record Scene(OpenIdProvider Provider, EntraTokens Tokens) : IAsyncDisposable
    {
        public async Task<string?> RefusalAsync(string token) => (await Tokens.ReadAsync(token, Cancel)).Refusal;

        public async ValueTask DisposeAsync()
        {
            Tokens.Dispose();
            await Provider.DisposeAsync();
        }
    }
}
