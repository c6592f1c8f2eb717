using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Serverless.Client.Tests.Cli.Offers;

/// <summary>A price list on loopback, over TLS with a certificate that its own handler alone trusts.</summary>
internal sealed class FakePriceList : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate = Certificate();

    private FakePriceList(Func<FakePriceList, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.Run(async http =>
        {
            Requests.Enqueue(Uri.UnescapeDataString(http.Request.QueryString.Value ?? ""));
            await answer(this, http);
        });
    }

    public ConcurrentQueue<string> Requests { get; } = [];

    public string Address => $"{app.Urls.First()}/prices";

    public static async Task<FakePriceList> StartAsync(Func<FakePriceList, HttpContext, Task> answer)
    {
        var list = new FakePriceList(answer);
        await list.app.StartAsync(TestContext.Current.CancellationToken);
        return list;
    }

    public static async Task<FakePriceList> StartAsync(params string[] pages) => await StartAsync((list, http) =>
    {
        var page = int.TryParse(http.Request.Query["$skip"], out var skip) ? skip : 0;
        return WriteAsync(http, pages[page], page + 1 < pages.Length ? $"{list.Address}?$skip={page + 1}" : null);
    });

    public static Task WriteAsync(HttpContext http, string items, string? next) =>
        http.Response.WriteAsync($$"""{"BillingCurrency":"USD","Items":[{{items}}],"NextPageLink":{{(next is null ? "null" : $"\"{next}\"")}},"Count":1}""");

    public static string Item(string size, decimal price, string region = "eastus", string sku = "", string product = "Virtual Machines Series", string since = "2024-01-01", string type = "Consumption") =>
        FormattableString.Invariant($$"""{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":{{price}},"unitPrice":{{price}},"armRegionName":"{{region}}","armSkuName":"{{size}}","skuName":"{{(sku.Length > 0 ? sku : size[9..])}}","productName":"{{product}}","unitOfMeasure":"1 Hour","type":"{{type}}","effectiveStartDate":"{{since}}T00:00:00Z","isPrimaryMeterRegion":true}""");

    public HttpMessageHandler Handler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 one && one.Thumbprint == certificate.Thumbprint },
    };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
