using System.Net;
using System.Text;
using Serverless.Api;
using Serverless.Api.Access.SignIn;
using Serverless.Contracts;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Functions.Tests.Api;

namespace Serverless.Functions.Tests.Access;

/// <summary>The platform's own sign-in, and the settings that say who may come in.</summary>
public sealed class EasyAuthTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("true", "True", true)]
    [InlineData("true", "true", true)]
    [InlineData("true", "False", false)]
    [InlineData("true", null, false)]
    [InlineData("false", "True", false)]
    [InlineData(null, "True", false)]
    public async Task Principal_IsBelievedOnlyWhenToldToAndThePlatformSignsIn(string? setting, string? platform, bool believed)
    {
        var options = AccessSettings.With(ApiHost.Keys(), name => name == AzureSettings.EasyAuth ? setting : name == EasyAuth.EnabledVariable ? platform : null);
        Assert.Equal(believed, options.TrustPlatformSignIn);
        await using var host = await ApiHost.StartAsync(options: options);
        Assert.Equal(believed ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await StatusAsync(host, Principal("reader"), Routes.Jobs));
        Assert.Equal(believed ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized, await StatusAsync(host, Principal("reader"), Routes.Keys));
    }

    [Fact]
    public async Task Principal_ThatCannotBeRead_IsNobody()
    {
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { TrustPlatformSignIn = true });
        foreach (var header in new[] { "", "x", Base64("x"), Base64("{}"), Base64("[]"), Base64("""{"claims":5}"""), Base64("""{"claims":[5,{"typ":5,"val":6},{"typ":"roles","val":"admin"}]}"""), Base64("""{"claims":[{"typ":"roles","val":"admin"}]}"""), new string('A', 17_000) })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, header, Routes.Jobs));
    }

    [Fact]
    public async Task Principal_BesideAWrongKey_DoesNotHelp()
    {
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { TrustPlatformSignIn = true });
        using var client = host.WithKey("wrong");
        client.DefaultRequestHeaders.TryAddWithoutValidation(EasyAuth.Header, Principal("admin"));
        using var answer = await client.GetAsync(Routes.Jobs, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public void Settings_OfSignIn_AreReadWhole()
    {
        var options = AccessSettings.With(ApiHost.Keys(), Read(
            (AzureSettings.Tenant, OpenIdProvider.Tenant), (AzureSettings.Audience, "api://11111111-2222-3333-4444-555555555556"),
            (AzureSettings.NodePrincipal, "p"), (AzureSettings.NodeIdentity, "/i"), (AzureSettings.Subscription, "s"), (AzureSettings.ResourceGroup, "g")));
        Assert.Equal(["api://11111111-2222-3333-4444-555555555556", "11111111-2222-3333-4444-555555555556"], options.Entra!.Audiences);
        Assert.Equal($"https://login.microsoftonline.com/{OpenIdProvider.Tenant}/v2.0/.well-known/openid-configuration", options.Entra.MetadataAddress);
        Assert.Equal([$"https://login.microsoftonline.com/{OpenIdProvider.Tenant}/v2.0", $"https://sts.windows.net/{OpenIdProvider.Tenant}/"], options.Entra.Issuers);
        Assert.Equal("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/", options.Nodes!.MachinesBelow);
        Assert.Null(AccessSettings.With(ApiHost.Keys(), _ => null).Entra);
    }

    [Theory]
    [InlineData("common", "api://x", null, AzureSettings.Tenant)]
    [InlineData("contoso.example", "api://x", null, AzureSettings.Tenant)]
    [InlineData(OpenIdProvider.Tenant, null, null, AzureSettings.Audience)]
    [InlineData(null, "api://x", null, AzureSettings.Tenant)]
    [InlineData(OpenIdProvider.Tenant, "api://x", "http://login.example/", AzureSettings.Authority)]
    public void Settings_ThatLetStrangersIn_AreRefused(string? tenant, string? audience, string? authority, string wrong)
    {
        var thrown = Assert.Throws<ServerlessException>(() => AccessSettings.With(ApiHost.Keys(), Read((AzureSettings.Tenant, tenant), (AzureSettings.Audience, audience), (AzureSettings.Authority, authority))));
        Assert.Equal([wrong], thrown.Errors.Select(error => error.Path));
    }

    private static Func<string, string?> Read(params (string Name, string? Value)[] settings) => name => settings.FirstOrDefault(setting => setting.Name == name).Value;

    private static string Principal(string role) => Base64($$"""
        {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"o-1"},{"typ":"roles","val":"{{role}}"}]}
        """);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<HttpStatusCode> StatusAsync(ApiHost host, string principal, string path)
    {
        using var client = host.WithKey(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation(EasyAuth.Header, principal);
        using var answer = await client.GetAsync(path, Cancel);
        return answer.StatusCode;
    }
}
