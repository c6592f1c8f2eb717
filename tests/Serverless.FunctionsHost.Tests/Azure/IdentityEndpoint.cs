using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serverless.FunctionsHost.Tests.Azure;

/// <summary>
/// Where an app asks for the tokens of its managed identity, as App Service has it (REST endpoint of 2019-08-01): a secret in a header, the resource in the query.
/// The tokens are what Azurite's basic OAuth takes: right issuer and audience, and a signature that nobody checks.
/// </summary>
internal sealed class IdentityEndpoint : IAsyncDisposable
{
    private const string Secret = "identity-header-of-tests";
    private readonly WebApplication server;

    private IdentityEndpoint(WebApplication server, Uri address)
    {
        this.server = server;
        Settings = new Dictionary<string, string> { ["IDENTITY_ENDPOINT"] = new Uri(address, "msi/token").ToString(), ["IDENTITY_HEADER"] = Secret };
    }

    /// <summary>The settings by which the app finds it.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Starts it on a free port of loopback.</summary>
    public static async Task<IdentityEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.MapGet("/msi/token", AnswerAsync);
        await server.StartAsync();
        return new IdentityEndpoint(server, new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    /// <summary>A token for a resource.</summary>
    /// <param name="resource">Such as <c>https://storage.azure.com</c>.</param>
    /// <param name="until">When it runs out.</param>
    public static string Token(string resource, DateTimeOffset until)
    {
        var from = until.AddHours(-2).ToUnixTimeSeconds();
        var claims = $$"""
            {"aud":"{{resource}}","iss":"https://sts.windows.net/00000000-0000-0000-0000-000000000001/","iat":{{from}},"nbf":{{from}},"exp":{{until.ToUnixTimeSeconds()}},
            "oid":"00000000-0000-0000-0000-000000000002","tid":"00000000-0000-0000-0000-000000000001","ver":"1.0"}
            """;
        return $"{Part("""{"alg":"none","typ":"JWT"}""")}.{Part(claims)}.{Part("signature")}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers["X-IDENTITY-HEADER"] != Secret)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var resource = context.Request.Query["resource"].ToString();
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        await context.Response.WriteAsJsonAsync(new { access_token = Token(resource, until), expires_on = $"{until.ToUnixTimeSeconds()}", resource, token_type = "Bearer" }, context.RequestAborted);
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
