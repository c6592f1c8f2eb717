using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Secrets;

/// <summary>Key Vault's "get secret" on loopback, over TLS: it challenges whoever has no token, and knows the current version only.</summary>
internal sealed class FakeVault : IAsyncDisposable
{
    private const string Challenge = "Bearer authorization=\"https://login.windows.net/00000000-0000-0000-0000-000000000001\", resource=\"https://vault.azure.net\"";
    private readonly X509Certificate2 certificate = Certificates.Make();
    private readonly WebApplication app;

    private FakeVault()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>The secrets by their names in the vault.</summary>
    public ConcurrentDictionary<string, string> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of secrets that are disabled.</summary>
    public HashSet<string> Disabled { get; } = [];

    public TestIdentity Identity { get; } = new();

    public static async Task<FakeVault> StartAsync(CancellationToken cancel)
    {
        var vault = new FakeVault();
        await vault.app.StartAsync(cancel);
        return vault;
    }

    /// <summary>The product's client; it trusts this certificate alone, and does not insist on a host below vault.azure.net.</summary>
    public SecretClient Client(DelegatingHandler? through = null)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint };
        through?.InnerHandler = handler;
        return new SecretClient(new Uri(app.Urls.First()), Identity, new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Transport = new HttpClientTransport(new HttpClient((HttpMessageHandler?)through ?? handler)),
            Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(50) },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (status, body) = Answer(http);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(System.Text.Json.JsonSerializer.Serialize(body), http.RequestAborted);
    }

    private (int Status, object Body) Answer(HttpContext http)
    {
        if (!http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal))
        {
            http.Response.Headers.WWWAuthenticate = Challenge;
            return Error(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
        }

        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (http.Request.Method != "GET" || parts is not ["secrets", var name] || http.Request.Query["api-version"].Count != 1)
            return Error(400, "BadParameter", http.Request.Path.Value);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return Error(400, "BadParameter", $"The request URI contains an invalid name: {name}");
        if (Disabled.Contains(name))
            return Error(403, "Forbidden", "Operation get is not allowed on a disabled secret.");
        return Values.TryGetValue(name, out var value)
            ? (200, new { value, id = $"{app.Urls.First()}/secrets/{name}/0123456789abcdef0123456789abcdef", attributes = new { enabled = true, created = 1, updated = 1 } })
            : Error(404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.");
    }

    private static (int Status, object Body) Error(int status, string code, string message) => (status, new { error = new { code, message } });
}
