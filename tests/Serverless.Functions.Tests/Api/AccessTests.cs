using System.Net;
using System.Net.Sockets;
using System.Text;
using Serverless.Api;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Problems;

namespace Serverless.Functions.Tests.Api;

public sealed class AccessTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyProtectedRoute_WithoutAKey_IsUnauthenticated()
    {
        await using var host = await ApiHost.StartAsync();
        using var nobody = host.WithKey(null);
        foreach (var route in ApiRoutes.All.Rows.Where(route => route.Access != RouteAccess.Anonymous && route.Method != "HEAD"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), Filled(route));
            using var response = await nobody.SendAsync(request, Cancel);
            await ApiHost.ProblemAsync(response, 401, ProblemCodes.Unauthenticated);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData(ApiHost.PredictKey, RouteAccess.Predict)]
    [InlineData(ApiHost.ReaderKey, RouteAccess.Read)]
    [InlineData(ApiHost.SubmitterKey, RouteAccess.Read, RouteAccess.Submit)]
    public async Task Key_OnARouteOfAnotherScope_IsForbidden(string key, params RouteAccess[] mayCall)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.WithKey(key);
        foreach (var route in ApiRoutes.All.Rows.Where(route => route.Access is RouteAccess.Read or RouteAccess.Submit or RouteAccess.Deploy or RouteAccess.Predict && route.Method != "HEAD"))
        {
            using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(route.Method), Filled(route)), Cancel);
            if (mayCall.Contains(route.Access))
                Assert.True(response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{route.Name}: {response.StatusCode}");
            else
                await ApiHost.ProblemAsync(response, 403, ProblemCodes.Forbidden);
        }
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("admin-key-of-the-test")]
    [InlineData("Bearer ADMIN-KEY-OF-THE-TEST")]
    [InlineData("Bearer admin-key-of-the-tes")]
    [InlineData("Bearer admin-key-of-the-testt")]
    public async Task Credentials_ThatAreNone_AreUnauthenticatedAndNotRepeated(string header)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await RawAsync(host, $"GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: {header}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer);
        Assert.DoesNotContain("admin-key", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains("admin-key", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("X-MS-CLIENT-PRINCIPAL: eyJhdXRoX3R5cCI6ImFhZCJ9")]
    [InlineData("X-MS-CLIENT-PRINCIPAL-ID: admin")]
    [InlineData("X-Original-URL: /health/live")]
    [InlineData("X-Rewrite-URL: /health/live")]
    [InlineData("X-Forwarded-Prefix: /health/live")]
    [InlineData("X-HTTP-Method-Override: GET")]
    [InlineData("Cookie: key=admin-key-of-the-test")]
    [InlineData("X-Api-Key: admin-key-of-the-test")]
    public async Task ForgedHeader_OnAProtectedRoute_ChangesNothing(string header)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await RawAsync(host, $"POST /api/v1/jobs?key=admin-key-of-the-test HTTP/1.1\r\nHost: localhost\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-HTTP-Method: DELETE")]
    [InlineData("X-Original-URL: /api/v1/triggers/x")]
    public async Task OverrideHeader_OnAnOpenRoute_ReachesThatRouteAlone(string header)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await RawAsync(host, $"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Contains("\"ready\"", answer);
    }

    [Theory]
    [InlineData("GET //api/v1/jobs")]
    [InlineData("GET /api/v1/jobs/")]
    [InlineData("GET /API/v1/jobs")]
    [InlineData("GET /api/v1/jobs;x")]
    [InlineData("GET /api%2fv1/jobs")]
    [InlineData("GET /health/live/../../api/v1/jobs")]
    [InlineData("GET /health/%2e%2e/api/v1/jobs")]
    [InlineData("GET /health/live%00")]
    [InlineData("GET http://localhost/api/v1/jobs")]
    [InlineData("TRACE /health/live")]
    [InlineData("get /health/live")]
    public async Task OtherSpelling_OnTheWire_Is400Or404Or405(string line)
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var key in new[] { "", $"Authorization: Bearer {ApiHost.AdminKey}\r\n" })
        {
            var answer = await RawAsync(host, $"{line} HTTP/1.1\r\nHost: localhost\r\n{key}Connection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (400|404|405) ", answer);
            Assert.DoesNotContain("\"items\"", answer);
        }
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("localhost.evil.example:80", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("0.0.0.0", 421)]
    [InlineData("localhost:1", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.1:99", 200)]
    [InlineData("[::1]", 200)]
    public async Task Host_ThatIsNotOurs_IsMisdirected(string name, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await RawAsync(host, $"GET /health/live HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        if (status == 421)
            Assert.Contains("foreign_host", answer);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("http://localhost:3000", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost", 200)]
    [InlineData("https://localhost", 200)]
    public async Task Origin_ThatIsNotOurs_IsForbidden(string origin, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await RawAsync(host, $"GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nAuthorization: Bearer {ApiHost.AdminKey}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer);
    }

    [Fact]
    public async Task Host_OfAnOpenHost_IsAnyAddressOrOneOfItsNames()
    {
        await using var host = await ApiHost.StartAsync(options: ApiHost.Keys() with { HostNames = ["ml.example"], AnyAddress = true });
        foreach (var (name, status) in new[] { ("ml.example", 200), ("10.0.0.1:5080", 200), ("other.example", 421) })
            Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync(host, $"GET /health/live HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public async Task NodeToken_OnApiRoutes_IsNoKey_AndAKeyIsNoNodeToken()
    {
        await using var host = await ApiHost.StartAsync();
        using var node = await host.NodeAsync();
        using var refused = await node.GetAsync(Routes.Jobs, Cancel);
        await ApiHost.ProblemAsync(refused, 401, ProblemCodes.Unauthenticated);
        using var admin = await host.Http.PostAsync(Routes.AgentClaim, ApiHost.Json("{}"), Cancel);
        await ApiHost.ProblemAsync(admin, 401, ProblemCodes.Unauthenticated);
    }

    /// <summary>Sends bytes as they are, since a client would tidy the path up.</summary>
    internal static async Task<string> RawAsync(ApiHost host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static string Filled(Route route) =>
        Routes.Fill(route.Template, [.. new RouteTemplate(route.Template).Names.Select(name => name == "sha256" ? new string('a', 64) : "x")]);
}
