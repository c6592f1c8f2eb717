using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Serverless.Core.Hosting;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.Infra.Azure.Tests.Services;

[assembly: AssemblyFixture(typeof(AzureOnLoopback))]

namespace Serverless.FunctionsHost.Tests.Azure;

/// <summary>What the function app finds of Azure: Azurite over TLS, and an identity endpoint. So the app runs with its real clients and credential.</summary>
public sealed class AzureOnLoopback : IAsyncLifetime
{
    private readonly Azurite azurite = new();
    private IdentityEndpoint? identity;
    private HttpClient http = new();

    /// <summary>The settings of an app that uses it.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = AppSettings.Offline;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await azurite.InitializeAsync();
        identity = await IdentityEndpoint.StartAsync();
        http = new HttpClient(azurite.Handler());
        Settings = new Dictionary<string, string>(AppSettings.Offline)
        {
            [AzureSettings.BlobEndpoint] = azurite.Blobs.ToString(),
            [AzureSettings.TableEndpoint] = azurite.Tables.ToString(),
            ["SSL_CERT_FILE"] = azurite.CertificateFile, // OpenSSL's: whom the worker trusts
            ["IDENTITY_ENDPOINT"] = identity.Settings["IDENTITY_ENDPOINT"],
            ["IDENTITY_HEADER"] = identity.Settings["IDENTITY_HEADER"],
        };
        await PutAsync($"{Settings[AzureSettings.Container]}?restype=container", null);
        await PutAsync($"{Settings[AzureSettings.DropContainer]}?restype=container", null);
        await MakeTableAsync();
    }

    /// <summary>Drops a file where triggers look.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="text">What is in it.</param>
    public Task DropAsync(string name, string text) => PutAsync($"{Settings[AzureSettings.DropContainer]}/{name}", text);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (identity is not null)
            await identity.DisposeAsync();
        await azurite.DisposeAsync();
    }

    private async Task PutAsync(string path, string? text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{azurite.Blobs}/{path}") { Content = new StringContent(text ?? "") };
        if (text is not null)
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
        await SendAsync(request);
    }

    /// <summary>The app makes the table beside its start; a test does not wait for that.</summary>
    private async Task MakeTableAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{azurite.Tables}/Tables") { Content = new StringContent("""{"TableName":"documents"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept", "application/json;odata=nometadata");
        request.Headers.Add("x-ms-date", TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        await SendAsync(request);
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IdentityEndpoint.Token("https://storage.azure.com", TimeProvider.System.GetUtcNow().AddHours(1)));
        request.Headers.Add("x-ms-version", "2021-12-02");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{request.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}
