using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.Storage;
using Serverless.Infra.Azure.Tests.Services;
using Serverless.TestKit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Serverless.Infra.Azure.Tests.Services;

/// <summary>Azurite on loopback, over TLS with a certificate of its own (it takes tokens over TLS only), with nothing on disk but that.</summary>
public sealed class Azurite : IAsyncLifetime
{
    /// <summary>The emulator's account and key, which are public.</summary>
    public const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly TempFolder folder = new();
    private readonly X509Certificate2 certificate = Certificates.Make();
    private NodeProcess? node;

    /// <summary>Where the blobs are.</summary>
    public Uri Blobs { get; private set; } = new("https://none/");

    /// <summary>Where the tables are.</summary>
    public Uri Tables { get; private set; } = new("https://none/");

    /// <summary>Its certificate, for a program that is to trust it.</summary>
    public string CertificateFile => folder["cert.pem"];

    /// <summary>The account's key.</summary>
    public static StorageSharedKeyCredential SharedKey { get; } = new(Account, Key);

    /// <summary>A transport that trusts this server's certificate and no other.</summary>
    public HttpPipelineTransport Transport(DelegatingHandler? through = null)
    {
        if (through is null)
            return new HttpClientTransport(Handler());
        through.InnerHandler = Handler();
        return new HttpClientTransport(new HttpClient(through));
    }

    /// <summary>A handler that trusts this server's certificate and no other.</summary>
    public HttpClientHandler Handler() => new() { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint };

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(folder["cert.pem"], certificate.ExportCertificatePem(), cancel);
        using var key = certificate.GetRSAPrivateKey()!;
        await File.WriteAllTextAsync(folder["key.pem"], PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8PrivateKey()), cancel);
        node = NodeProcess.Start("azurite.js", folder["cert.pem"],
            "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--oauth", "basic", "--cert", folder["cert.pem"], "--key", folder["key.pem"]);
        Blobs = new Uri($"{await node.SaysAsync("Azurite Blob service is successfully listening at ", cancel)}/{Account}");
        Tables = new Uri($"{await node.SaysAsync("Azurite Table service is successfully listening at ", cancel)}/{Account}");
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        certificate.Dispose();
        folder.Dispose();
    }
}
