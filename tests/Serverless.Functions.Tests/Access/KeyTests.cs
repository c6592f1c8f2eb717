using System.Net;
using Serverless.Contracts;
using Serverless.Contracts.Access;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Access;
using Serverless.Core.Documents;
using Serverless.Functions.Tests.Api;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Access;

/// <summary>Keys that are made over the API.</summary>
public sealed class KeyTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsShownOnce_KeptAsAHash_AndWorks()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "ci", Role = AccessRole.Submitter });
        Assert.StartsWith(made.Key.Id + ".", made.Text);
        Assert.Equal(("ci", AccessRole.Submitter, "admin"), (made.Key.Name, made.Key.Role, made.Key.CreatedBy));
        Assert.DoesNotContain(made.Text, made.ToString());
        using var client = host.WithKey(made.Text);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Get, Routes.Keys));

        var secret = made.Text.Split('.')[1];
        Assert.DoesNotContain(secret, await host.Http.GetStringAsync(Routes.Keys, Cancel));
        var stored = await host.Get<IDocumentStore>().GetAsync(new DocumentKey("api-key", made.Key.Id), Cancel);
        Assert.DoesNotContain(secret, stored!.Body.Json);
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AccessRole.Reader)]
    [InlineData(AccessRole.Submitter)]
    [InlineData(AccessRole.Deployer)]
    [InlineData(AccessRole.Predictor)]
    public async Task Keys_AreMadeAndSeenByAdminsAlone(AccessRole role)
    {
        await using var host = await ApiHost.StartAsync();
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "a", Role = role });
        using var client = host.WithKey(made.Text);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Get, Routes.Keys));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Post, Routes.Keys));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Delete, Routes.Fill(Routes.Key, made.Key.Id)));
    }

    [Fact]
    public async Task Key_Revoked_WorksNoMore_AndIsGone()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "a", Role = AccessRole.Reader });
        using var client = host.WithKey(made.Text);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(host.Http, HttpMethod.Delete, Routes.Fill(Routes.Key, made.Key.Id)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host.Http, HttpMethod.Delete, Routes.Fill(Routes.Key, made.Key.Id)));
        Assert.DoesNotContain(made.Key.Id, await host.Http.GetStringAsync(Routes.Keys, Cancel));
    }

    [Fact]
    public async Task Key_RevokedByAnotherHost_WorksNoMoreAfterTheMemory()
    {
        var clock = new ManualTime(DateTimeOffset.UtcNow);
        await using var host = await ApiHost.StartAsync(clock: clock);
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "a", Role = AccessRole.Reader });
        using var client = host.WithKey(made.Text);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
        await host.Get<ApiKeySet>().DeleteAsync(made.Key.Id, Cancel);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
    }

    [Fact]
    public async Task Key_Expired_WorksNoMore()
    {
        var clock = new ManualTime(DateTimeOffset.UtcNow);
        await using var host = await ApiHost.StartAsync(clock: clock);
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "a", Role = AccessRole.Reader, ExpiresAt = clock.GetUtcNow().AddHours(1) });
        using var client = host.WithKey(made.Text);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
    }

    [Fact]
    public async Task Key_OfOneEndpoint_AsksThatOneAlone()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "app", Role = AccessRole.Predictor, Endpoint = "digits" });
        using var client = host.WithKey(made.Text);
        foreach (var template in new[] { Routes.Predict, Routes.Infer })
        {
            Assert.NotEqual(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Post, Routes.Fill(template, "digits")));
            foreach (var other in new[] { "digits2", "Digits", "digits%20", "prices" })
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Post, template.Replace("{name}", other, StringComparison.Ordinal)));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, HttpMethod.Get, Routes.Fill(Routes.Endpoint, "digits")));
    }

    [Fact]
    public async Task Key_AskedForWrongly_IsRefusedWithAllErrors()
    {
        await using var host = await ApiHost.StartAsync();
        var request = new ApiKeyRequest { Name = "A B", Role = AccessRole.Reader, Endpoint = "../x", ExpiresAt = DateTimeOffset.UnixEpoch };
        using var answer = await host.Http.PostAsync(Routes.Keys, ApiHost.Json(request, ContractsJson.Default.ApiKeyRequest), Cancel);
        var problem = await ApiHost.ProblemAsync(answer, 400, ProblemCodes.Invalid);
        Assert.Equal(["endpoint", "expiresAt", "name"], problem.Errors!.Select(error => error.Path).Distinct().Order());
        using var role = await host.Http.PostAsync(Routes.Keys, ApiHost.Json("""{"name":"a","role":"root"}"""), Cancel);
        await ApiHost.ProblemAsync(role, 400, ProblemCodes.Invalid);
    }

    [Fact]
    public async Task Key_WithAnotherSecretOrId_IsNone()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await MakeAsync(host, new ApiKeyRequest { Name = "a", Role = AccessRole.Admin });
        var (id, secret) = (made.Key.Id, made.Text.Split('.')[1]);
        foreach (var text in new[] { $"{id}.", $"{id}.{secret}x", $"{id}.{secret[..^1]}", $"{id}.{secret.ToLowerInvariant()}", $"key-00000000000000000000.{secret}", $".{secret}", $"{id}", $"{id}..{secret}", $"key-../x.{secret}", made.Text + new string('a', 600) })
        {
            using var client = host.WithKey(text);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Get, Routes.Jobs));
        }
    }

    private static async Task<ApiKeyMade> MakeAsync(ApiHost host, ApiKeyRequest request)
    {
        using var answer = await host.Http.PostAsync(Routes.Keys, ApiHost.Json(request, ContractsJson.Default.ApiKeyRequest), Cancel);
        return await ApiHost.ReadAsync(answer, ContractsJson.Default.ApiKeyMade, HttpStatusCode.Created);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
