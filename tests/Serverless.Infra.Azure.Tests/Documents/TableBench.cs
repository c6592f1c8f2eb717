using System.Net.Http.Headers;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Serverless.Infra.Azure.Documents;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Documents;

/// <summary>A table on Azurite of a test's own.</summary>
internal static class TableBench
{
    public static async Task<TableRowStore> MakeAsync(Azurite azurite, DelegatingHandler? through = null)
    {
        var table = $"t{Guid.NewGuid():N}";
        using var http = new HttpClient(azurite.Handler());
        var token = new TestIdentity().GetToken(new TokenRequestContext(["https://storage.azure.com/.default"]), default).Token;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{azurite.Tables}/Tables") { Content = new StringContent($$"""{"TableName":"{{table}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("x-ms-version", "2019-02-02");
        request.Headers.Add("Accept", "application/json;odata=nometadata");
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
        return new TableRowStore(Pipeline(azurite, through), azurite.Tables, table);
    }

    public static HttpPipeline Pipeline(Azurite azurite, DelegatingHandler? through = null)
    {
        var options = new TablePipelineOptions
        {
            Transport = azurite.Transport(through),
            Retry = { MaxRetries = 3, Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(100), NetworkTimeout = TimeSpan.FromSeconds(30) },
        };
        return TablePipeline.Make(new TestIdentity(), options, TimeProvider.System);
    }
}
