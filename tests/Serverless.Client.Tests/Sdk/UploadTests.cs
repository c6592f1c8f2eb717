using System.Security.Cryptography;
using Serverless.Client.Errors;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Sdk;

public sealed class UploadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutFolder_SomeContentIsThere_OnlyTheRestIsSentThenTheManifest()
    {
        using var folder = new TempFolder();
        Write(folder, "b/train.csv", "two");
        Write(folder, "a.csv", "one");
        Write(folder, "Z.csv", "three");
        Write(folder, ".git/HEAD", "no");
        Write(folder, "b/__pycache__/x.pyc", "no");
        var there = Hash("one");
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("HEAD", Routes.Content, context => { context.Response.StatusCode = context.Request.Path.Value!.EndsWith(there, StringComparison.Ordinal) ? 200 : 404; return Task.CompletedTask; })
            .On("PUT", Routes.Content, context => { context.Response.StatusCode = 201; return Task.CompletedTask; })
            .On("POST", Routes.DatasetVersions, Examples.Dataset(), ContractsJson.Default.DatasetVersion, 201);
        using var client = api.NewClient();

        await client.Data.PutFolderAsync("digits", folder.Path, cancel: Cancel);

        var puts = api.Requests.Where(request => request.Method == "PUT").ToDictionary(request => request.Path.Split('/')[^1], request => System.Text.Encoding.UTF8.GetString(request.Body));
        Assert.Equal(new Dictionary<string, string> { [Hash("two")] = "two", [Hash("three")] = "three" }, puts);
        var manifest = api.Requests.Last().Read(ContractsJson.Default.DatasetManifest);
        Assert.Equal([("Z.csv", Hash("three"), 5L), ("a.csv", there, 3L), ("b/train.csv", Hash("two"), 3L)], manifest.Files.Select(file => (file.Path, file.Sha256, file.SizeBytes)));
    }

    [Fact]
    public async Task PutFolder_HasALink_RefusedBeforeAnythingIsSent()
    {
        using var folder = new TempFolder();
        Write(folder, "a.csv", "one");
        File.CreateSymbolicLink(folder["secret.csv"], "/etc/hostname");
        Directory.CreateSymbolicLink(folder["all"], "/etc");
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();

        var e = await Assert.ThrowsAsync<UploadException>(() => client.Content.PutFolderAsync(folder.Path, cancel: Cancel));

        Assert.Contains("2 link(s)", e.Message);
        Assert.Empty(api.Requests);
    }

    [Theory]
    [InlineData("none", "is not there")]
    [InlineData("empty", "has no files")]
    public async Task PutFolder_NothingToSend_SaysSo(string name, string what)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["empty"]);
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();

        Assert.Contains(what, (await Assert.ThrowsAsync<UploadException>(() => client.Content.PutFolderAsync(folder[name], cancel: Cancel))).Message);
    }

    [Fact]
    public async Task PutFile_BrokenOnTheWay_SentAgainWhole()
    {
        using var folder = new TempFolder();
        var text = string.Join('\n', Enumerable.Range(0, 50_000));
        Write(folder, "train.csv", text);
        await using var api = await FakeApi.StartAsync(Cancel);
        var calls = 0;
        api.On("PUT", Routes.DatasetFile, context =>
        {
            if (Interlocked.Increment(ref calls) > 1)
                return FakeApi.WriteAsync(context, Examples.Dataset(), ContractsJson.Default.DatasetVersion, 201);
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = api.NewClient();

        await client.Data.PutFileAsync("digits", folder["train.csv"], "2026/größe x.csv", Cancel);

        Assert.Equal(2, api.Requests.Count);
        Assert.All(api.Requests, request => Assert.Equal(text, System.Text.Encoding.UTF8.GetString(request.Body)));
        Assert.EndsWith("/datasets/digits/files/2026/größe x.csv", Uri.UnescapeDataString(api.Requests.Last().Path));
    }

    private static void Write(TempFolder folder, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], text);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
