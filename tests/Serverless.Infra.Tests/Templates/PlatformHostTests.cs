using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;

namespace Serverless.Infra.Tests.Templates;

public sealed class PlatformHostTests
{
    [Fact]
    public void Names_NoPlatform_None() => Assert.Empty(PlatformHost.Names(_ => null));

    [Fact]
    public void Names_OfAppServiceAndContainerApps_AreThoseOfTheApp()
    {
        Assert.Equal(["func-x.azurewebsites.net"], PlatformHost.Names(name => name == "WEBSITE_HOSTNAME" ? "func-x.azurewebsites.net:443 " : null));
        Assert.Equal(["gpu--r1.blue.eu.azurecontainerapps.io", "gpu.blue.eu.azurecontainerapps.io"], PlatformHost.Names(name => name switch
        {
            "WEBSITE_HOSTNAME" => "",
            "CONTAINER_APP_HOSTNAME" => "gpu--r1.blue.eu.azurecontainerapps.io",
            "CONTAINER_APP_NAME" => "gpu",
            "CONTAINER_APP_ENV_DNS_SUFFIX" => "blue.eu.azurecontainerapps.io",
            _ => null,
        }));
    }

    [Theory]
    [InlineData("/usr/bin/dotnet", new[] { "/usr/bin/dotnet", "/app/a.dll" })]
    [InlineData("/app/a", new[] { "/app/a" })]
    [InlineData(null, new[] { "dotnet", "/app/a.dll" })]
    public void ThisProgram_ByDotnetOrItself_StartsAgain(string? process, string[] command) => Assert.Equal(command, PlatformHost.ThisProgram(process, "/app/a.dll"));

    [Fact]
    public async Task NoNodeTokens_KnowsNobodyAndMakesNone()
    {
        var tokens = new NoNodeTokens();
        var cancel = TestContext.Current.CancellationToken;
        Assert.Null(await tokens.IdentifyAsync("any", cancel));
        await tokens.RevokeAsync("node-1", cancel);
        await Assert.ThrowsAsync<ServerlessException>(() => tokens.IssueAsync("gpu", "node-1", cancel));
    }
}
