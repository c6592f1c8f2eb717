using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Serverless.Contracts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Doorbells;
using Serverless.Core.Jobs;

namespace Serverless.Functions.Tests.Api;

public sealed class DataTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task PutFile_OfAnySize_LandsAsAVersionByItsContent(int size)
    {
        await using var host = await ApiHost.StartAsync();
        var bytes = RandomNumberGenerator.GetBytes(size);
        var version = await PutAsync(host, "digits", "a/train.csv", bytes);
        var file = Assert.Single(version.Files);
        Assert.Equal(("a/train.csv", Convert.ToHexStringLower(SHA256.HashData(bytes)), (long)size), (file.Path, file.Sha256, file.SizeBytes));
        Assert.Equal(version.Version, (await PutAsync(host, "digits", "a/train.csv", bytes)).Version);
        Assert.Contains($"digits@{version.Version}", host.Doorbell.Pending(Queues.Landings));
        await using var stored = await host.Artifacts.OpenReadAsync(ArtifactPaths.Content(file.Sha256), null, Cancel);
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored, Cancel)));
        Assert.Empty(await host.Artifacts.ListAsync("incoming/", Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("..%2fx")]
    [InlineData("%2e%2e/x")]
    [InlineData("a%5cb")]
    [InlineData("a%00b")]
    [InlineData("%252e%252e%252fx")]
    [InlineData("C%3A/x")]
    [InlineData("-rf")]
    [InlineData("a%E2%80%AEb")]
    [InlineData("a%FF")]
    [InlineData("e%CC%81")]
    [InlineData("file%3A//x")]
    public async Task PutFile_PathThatLeadsElsewhere_IsRefusedAndNothingLands(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await AccessTests.RawAsync(host,
            $"PUT /api/v1/datasets/digits/files/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ApiHost.AdminKey}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
        Assert.Matches("^HTTP/1.1 (400|404|405) ", answer);
        Assert.Empty(await host.Artifacts.ListAsync("", Cancel).ToListAsync(Cancel));
        Assert.Empty(host.Doorbell.Pending(Queues.Landings));
    }

    [Theory]
    [InlineData("Digits")]
    [InlineData("a b")]
    [InlineData("-x")]
    [InlineData("..")]
    [InlineData("d\u0456gits")]
    [InlineData("a.")]
    public async Task PutFile_NameThatIsNone_IsRefused(string name)
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PutAsync(Routes.Fill(Routes.DatasetFile, name, "x.csv"), new ByteArrayContent([1]), Cancel);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, response.StatusCode.ToString());
        Assert.Empty(await host.Artifacts.ListAsync("", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Content_WithAnotherHash_IsRefusedAndNotThere()
    {
        await using var host = await ApiHost.StartAsync();
        var sha = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        using (var wrong = await host.Http.PutAsync(Routes.Fill(Routes.Content, sha), new ByteArrayContent("wrong"u8.ToArray()), Cancel))
            await ApiHost.ProblemAsync(wrong, 422, ProblemCodes.HashMismatch);
        using (var head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Routes.Fill(Routes.Content, sha)), Cancel))
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        using (var right = await host.Http.PutAsync(Routes.Fill(Routes.Content, sha), new ByteArrayContent("right"u8.ToArray()), Cancel))
            Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        using (var head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Routes.Fill(Routes.Content, sha)), Cancel))
            Assert.Equal((HttpStatusCode.OK, 5L), (head.StatusCode, head.Content.Headers.ContentLength));
        using var manifest = await host.Http.PostAsync(Routes.Fill(Routes.DatasetVersions, "words"),
            ApiHost.Json(new DatasetManifest([new ContentFile("a.txt", sha, 5), new ContentFile("b.txt", new string('e', 64), 1)]), ContractsJson.Default.DatasetManifest), Cancel);
        var problem = await ApiHost.ProblemAsync(manifest, 400, ProblemCodes.Invalid);
        Assert.Contains("files[1]", Assert.Single(problem.Errors!).Path);
    }

    [Fact]
    public async Task Versions_AreFoundByLatestAndByPrefix_AndListsPage()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await PutAsync(host, "digits", "x.csv", "1"u8.ToArray());
        var second = await PutAsync(host, "digits", "x.csv", "2"u8.ToArray());
        var other = await PutAsync(host, "words", "x.csv", "3"u8.ToArray());
        Assert.Equal(second.Version, (await GetAsync(host, "digits", "latest")).Version);
        Assert.Equal(first.Version, (await GetAsync(host, "digits", first.Version[..8])).Version);
        using (var shortPrefix = await host.Http.GetAsync(Routes.Fill(Routes.DatasetVersion, "digits", first.Version[..7]), Cancel))
            await ApiHost.ProblemAsync(shortPrefix, 400, ProblemCodes.Invalid);
        using (var missing = await host.Http.GetAsync(Routes.Fill(Routes.DatasetVersion, "digits", "00000000"), Cancel))
            await ApiHost.ProblemAsync(missing, 404, ProblemCodes.NotFound);

        var names = new List<string>();
        string? after = null;
        do
        {
            using var response = await host.Http.GetAsync($"{Routes.Datasets}?limit=1{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}", Cancel);
            var page = await ApiHost.ReadAsync(response, ContractsJson.Default.DatasetPage);
            names.AddRange(page.Items.Select(item => $"{item.Name}@{item.Version}"));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal([$"words@{other.Version}", $"digits@{second.Version}"], names);
    }

    [Theory]
    [InlineData("a,b\n1,x\n,\"y,\"\"z\"\"\"\n3,?\n", "number:1 text:1")]
    [InlineData("\ufeffa;b\n1,5;x\n2;y\n", "text:0 text:0")]
    [InlineData("a\tb\n1\n2\t3\t4\n", "number:0 number:1")]
    [InlineData("a,b\n", "text:0 text:0")]
    public async Task Preview_OfATable_TellsTypesAndMissingValues(string csv, string expected)
    {
        await using var host = await ApiHost.StartAsync();
        await PutAsync(host, "t", "t.csv", Encoding.UTF8.GetBytes(csv));
        using var response = await host.Http.GetAsync(Routes.Fill(Routes.DatasetPreview, "t", "latest"), Cancel);
        var preview = await ApiHost.ReadAsync(response, ContractsJson.Default.DatasetPreview);
        Assert.Equal(expected, string.Join(' ', preview.Columns.Select(column => $"{column.Type}:{column.Missing}")));
        Assert.Equal(["a", "b"], preview.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task Submit_SameKeyTwice_MakesOneJob_AndAnotherBodyIsAConflict()
    {
        await using var host = await ApiHost.StartAsync();
        var ids = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await SubmitAsync(host, "key-1", "echo");
            ids.Add((await ApiHost.ReadAsync(response, ContractsJson.Default.Job, HttpStatusCode.Created)).Id);
        }

        Assert.Equal(Assert.Single(ids), Assert.Single(host.Workflows.Started));
        using var other = await SubmitAsync(host, "key-1", "other");
        await ApiHost.ProblemAsync(other, 409, ProblemCodes.Conflict);
        using var bad = await SubmitAsync(host, "has space", "echo");
        await ApiHost.ProblemAsync(bad, 400, ProblemCodes.Invalid);
    }

    [Fact]
    public async Task Logs_OfAJobThatWasStartedAgain_GoOnWhereTheFirstAttemptEnded()
    {
        await using var host = await ApiHost.StartAsync();
        await JobAsync(host, JobStatus.Succeeded, epoch: 2);
        await host.Artifacts.AppendAsync(ArtifactPaths.Log("job-1", 1), 0, "first\n"u8.ToArray(), Cancel);
        await host.Artifacts.AppendAsync(ArtifactPaths.Log("job-1", 2), 0, "second\n"u8.ToArray(), Cancel);
        var (text, offset, ended) = ("", "0", "");
        for (var i = 0; i < 5 && ended != "true"; i++)
        {
            using var response = await host.Http.GetAsync($"{Routes.Fill(Routes.JobLogs, "job-1")}?offset={offset}", Cancel);
            text += await response.Content.ReadAsStringAsync(Cancel);
            offset = Assert.Single(response.Headers.GetValues(ApiNames.LogNext));
            ended = Assert.Single(response.Headers.GetValues(ApiNames.LogEnded));
        }

        Assert.Equal(("first\nsecond\n", "13", "true"), (text, offset, ended));
    }

    [Fact]
    public async Task Logs_WhileWaiting_AreAnsweredAsSoonAsThereIsSomething()
    {
        await using var host = await ApiHost.StartAsync();
        await JobAsync(host, JobStatus.Running, epoch: 1);
        var waiting = host.Http.GetStringAsync($"{Routes.Fill(Routes.JobLogs, "job-1")}?waitSeconds=30", Cancel);
        await host.Artifacts.AppendAsync(ArtifactPaths.Log("job-1", 1), 0, "news\n"u8.ToArray(), Cancel);
        Assert.Equal("news\n", await waiting);
    }

    [Fact]
    public async Task File_OfAJob_IsStoredByABrowserAndNeverShown_AndRangesAreServed()
    {
        await using var host = await ApiHost.StartAsync();
        await JobAsync(host, JobStatus.Succeeded, epoch: 1);
        await host.Artifacts.PutAsync(ArtifactPaths.File("job-1", 1, FileKind.Artifacts, "a/\"x\".html"), new MemoryStream("<script>"u8.ToArray()), PutOptions.Overwrite, Cancel);
        var path = Routes.Fill(Routes.JobFile, "job-1", "artifacts/a/\"x\".html");
        using (var response = await host.Http.GetAsync(path, Cancel))
        {
            Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }

        foreach (var (range, status, text) in new[] { ("bytes=1-3", 206, "scr"), ("bytes=-2", 206, "t>"), ("bytes=4-", 206, "ipt>"), ("bytes=0-99", 200, "<script>"), ("bytes=0-1,3-4", 200, "<script>") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Range", range);
            using var response = await host.Http.SendAsync(request, Cancel);
            Assert.Equal((status, text), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
        }

        using var beyond = new HttpRequestMessage(HttpMethod.Get, path);
        beyond.Headers.Range = new RangeHeaderValue(8, 9);
        using var refused = await host.Http.SendAsync(beyond, Cancel);
        await ApiHost.ProblemAsync(refused, 416, ProblemCodes.RangeInvalid);
        using var list = await host.Http.GetAsync(Routes.Fill(Routes.JobFiles, "job-1"), Cancel);
        Assert.Equal("artifacts/a/\"x\".html", Assert.Single((await ApiHost.ReadAsync(list, ContractsJson.Default.JobFilePage)).Items).Path);
    }

    [Fact]
    public async Task Address_ForgedOrForAnotherPathOrVerbOrEnded_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        using var nobody = host.WithKey(null);
        var path = ArtifactPath.Parse("things/a.bin");
        await host.Artifacts.PutAsync(path, new MemoryStream([1]), PutOptions.Overwrite, Cancel);
        var now = TimeProvider.System.GetUtcNow();
        var good = host.Signer.Sign(path, ArtifactVerb.Read, now.AddMinutes(1));
        Assert.Equal([1], await nobody.GetByteArrayAsync("/artifacts/things/a.bin" + good, Cancel));
        foreach (var (method, url) in new[]
        {
            ("GET", "/artifacts/things/b.bin" + good), ("PUT", "/artifacts/things/a.bin" + good), ("GET", "/artifacts/things/a.bin" + host.Signer.Sign(path, ArtifactVerb.Write, now.AddMinutes(1))),
            ("GET", "/artifacts/things/a.bin" + host.Signer.Sign(path, ArtifactVerb.Read, now.AddMinutes(-1))), ("GET", "/artifacts/things/a.bin"),
            ("GET", "/artifacts/things/a.bin" + good + "&signature=x"), ("GET", "/artifacts/things/a.bin" + good.Replace("expires=1", "expires=2")), ("GET", "/artifacts/things/a.bin" + good.Replace("signature=", "signature=" + (good.Contains("signature=A") ? "B" : "A"))), ("GET", "/artifacts/things/a.bin" + good[..^3]),
        })
        {
            using var response = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), url), Cancel);
            await ApiHost.ProblemAsync(response, 401, ProblemCodes.Unauthenticated);
        }
    }

    [Fact]
    public async Task Trigger_PutTwice_IsMadeThenChanged_AndAWrongOneTellsAllErrors()
    {
        await using var host = await ApiHost.StartAsync();
        const string spec = """{"prefix":"digits/","job":{"program":{"algorithm":"logistic-regression"},"inputs":[{"channel":"train"}]}}""";
        using (var made = await host.Http.PutAsync(Routes.Fill(Routes.Trigger, "t"), ApiHost.Json(spec), Cancel))
            await ApiHost.ReadAsync(made, ContractsJson.Default.Trigger, HttpStatusCode.Created);
        using (var changed = await host.Http.PutAsync(Routes.Fill(Routes.Trigger, "t"), ApiHost.Json(spec.Replace("digits/", "words/")), Cancel))
            Assert.Equal("words/", (await ApiHost.ReadAsync(changed, ContractsJson.Default.Trigger)).Spec.Prefix);
        using (var wrong = await host.Http.PutAsync(Routes.Fill(Routes.Trigger, "t"), ApiHost.Json(spec.Replace("digits/", "../").Replace("train", "a b")), Cancel))
            Assert.True((await ApiHost.ProblemAsync(wrong, 400, ProblemCodes.Invalid)).Errors!.Count >= 2);
        using (var gone = await host.Http.DeleteAsync(Routes.Fill(Routes.Trigger, "t"), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using var missing = await host.Http.GetAsync(Routes.Fill(Routes.Trigger, "t"), Cancel);
        await ApiHost.ProblemAsync(missing, 404, ProblemCodes.NotFound);
    }

    private static async Task<DatasetVersion> PutAsync(ApiHost host, string name, string path, byte[] bytes)
    {
        using var response = await host.Http.PutAsync(Routes.Fill(Routes.DatasetFile, name, path), new ByteArrayContent(bytes), Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.DatasetVersion, HttpStatusCode.Created);
    }

    private static async Task<DatasetVersion> GetAsync(ApiHost host, string name, string version)
    {
        using var response = await host.Http.GetAsync(Routes.Fill(Routes.DatasetVersion, name, version), Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.DatasetVersion);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(ApiHost host, string key, string program)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Routes.Jobs) { Content = ApiHost.Json("{\"program\":{\"command\":[\"" + program + "\"]}}") };
        request.Headers.TryAddWithoutValidation(ApiNames.IdempotencyKey, key);
        return await host.Http.SendAsync(request, Cancel);
    }

    private static Task<bool> JobAsync(ApiHost host, JobStatus status, int epoch) => host.Jobs.CreateAsync(new JobRecord
    {
        Id = "job-1",
        Name = "job",
        Source = "api",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        Status = status,
        Epoch = epoch,
        Spec = new JobSpec { Program = new ProgramSpec { Command = ["true"] } },
    }, Cancel);
}
