using System.Net;
using System.Net.Sockets;
using System.Text;
using Serverless.Api;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Functions.Tests.Api;

namespace Serverless.Functions.Tests.Access;

/// <summary>
/// Every protected route, spelled and asked for in every way that some gateway, server or framework reads as the same path: without proof nobody comes in, and with proof for something
/// weaker nobody comes further. The path is sent as it is, since a client would tidy it up.
/// </summary>
public sealed class BypassTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get", "PROPFIND"];

    private static readonly string[] Headers =
    [
        "X-HTTP-Method-Override: GET", "X-HTTP-Method: GET", "X-Method-Override: GET", "X-Original-URL: /health/live", "X-Rewrite-URL: /health/live", "X-Forwarded-Path: /health/live",
        "X-Forwarded-Prefix: /health", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: localhost", "X-Custom-IP-Authorization: 127.0.0.1", "X-MS-CLIENT-PRINCIPAL: eyJjbGFpbXMiOltdfQ==",
        "X-MS-CLIENT-PRINCIPAL-NAME: admin", "X-MS-TOKEN-AAD-ACCESS-TOKEN: x", "X-Functions-Key: admin-key-of-the-test", "Cookie: AppServiceAuthSession=x", "Access-Control-Request-Method: GET",
    ];

    public static TheoryData<string> Names => [.. Protected.Select(route => route.Name)];

    private static IEnumerable<Route> Protected => ApiRoutes.All.Rows.Where(route => route.Access is not RouteAccess.Anonymous);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Route_InOtherSpellings_LetsNobodyIn(string name)
    {
        var route = Protected.Single(route => route.Name == name);
        await using var host = await ApiHost.StartAsync();
        foreach (var spelling in Spellings(Path(route)))
        {
            foreach (var method in new[] { route.Method, "HEAD", "OPTIONS" })
                await NotLetInAsync(host, method, spelling, "");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Route_ByOtherMethodsAndHeaders_LetsNobodyIn(string name)
    {
        var route = Protected.Single(route => route.Name == name);
        await using var host = await ApiHost.StartAsync();
        foreach (var method in Methods)
            await NotLetInAsync(host, method, Path(route), "");
        foreach (var header in Headers)
        {
            await NotLetInAsync(host, route.Method, Path(route), header);
            await NotLetInAsync(host, "HEAD", Path(route), header);
        }

        await NotLetInAsync(host, route.Method, Path(route) + "?key=admin-key-of-the-test&code=admin-key-of-the-test&access_token=admin-key-of-the-test&_method=GET", "");
    }

    /// <summary>A key that may only ask endpoints, on every other route, by every spelling.</summary>
    [Fact]
    public async Task PredictKey_OnEveryOtherRouteInEverySpelling_GoesNoFurther()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var route in Protected.Where(route => route.Access is RouteAccess.Read or RouteAccess.Submit or RouteAccess.Deploy or RouteAccess.Manage))
        {
            foreach (var spelling in Spellings(Path(route)).Append(Path(route)))
            {
                var status = await StatusAsync(host, route.Method, spelling, $"Authorization: Bearer {ApiHost.PredictKey}");
                Assert.True(status is 400 or 403 or 404 or 405, $"{route.Method} {spelling}: {status}");
            }
        }
    }

    /// <summary>The table of the app that only predicts goes through the same pipeline: no spelling of a protected row leads to a row with a weaker rule.</summary>
    [Fact]
    public void InferenceTable_InEverySpelling_LeadsToNoWeakerRow()
    {
        foreach (var route in InferenceRoutes.All.Rows.Where(route => route.Access != RouteAccess.Anonymous))
        {
            foreach (var spelling in Spellings(Path(route)))
            {
                if (InferenceRoutes.All.Match(route.Method, RequestPath.Of(spelling)) is RouteMatch.Found found)
                    Assert.Equal(route.Access, found.Route.Access);
            }
        }
    }

    private static string Path(Route route) =>
        Routes.Fill(route.Template, [.. new RouteTemplate(route.Template).Names.Select(name => name == "sha256" ? new string('a', 64) : "x")]);

    private static IEnumerable<string> Spellings(string path)
    {
        var second = path.IndexOf('/', 1) is var at and > 0 ? at : path.Length;
        var last = path.LastIndexOf('/');
        return
        [
            path + "/", path + "//", "/" + path, "//" + path, path.ToUpperInvariant(), path[..1] + char.ToUpperInvariant(path[1]) + path[2..], path + ";", path + ";a=b", path.Insert(second, ";x"), path.Insert(second, "/"),
            path.Insert(second, "/."), path.Insert(second, "/%2e"), path.Insert(second, "/y/.."), path.Insert(second, "/y/%2e%2e"), path.Insert(second, "/y/%252e%252e"), "/health/live/../.." + path, "/health/live/..;/.." + path,
            "/health/live%2f..%2f.." + path, "/health/..%2f" + path[1..], "/./" + path[1..], path[..last] + "%2f" + path[(last + 1)..], path[..last] + "%2F" + path[(last + 1)..], path[..last] + "%5c" + path[(last + 1)..],
            path[..last] + "\\" + path[(last + 1)..], path + "%00", path + "%20", path + "%09", path + "%0d%0aX: y", path + ".", path + "..;/", path + "%3b", path + "%23", path + "?", path + "%3f", "/" + path[1..].Replace("a", "%61"),
            "http://localhost" + path, "/%2e" + path, path + "/.", path + "/..", path + "%c0%af", path + "%ff", path + "/%2e%2e/live", path + "~", path + "*",
        ];
    }

    private static async Task NotLetInAsync(ApiHost host, string method, string path, string header)
    {
        var status = await StatusAsync(host, method, path, header);
        Assert.True(status is 400 or 401 or 404 or 405 or 501, $"{method} {path} {header}: {status}");
    }

    private static async Task<int> StatusAsync(ApiHost host, string method, string path, string header)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, Cancel);
        var stream = client.GetStream();
        var more = header.Length == 0 ? "" : header + "\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.StartsWith("HTTP/1.1 ", line);
        return int.Parse(line![9..12]);
    }
}
