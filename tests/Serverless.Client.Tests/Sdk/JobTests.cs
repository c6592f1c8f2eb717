using System.Text;
using Serverless.Client.Errors;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Sdk;

public sealed class JobTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_JobGoesOn_EachChangeOnceThenTheEnd()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        JobStatus[] life = [JobStatus.Pending, JobStatus.Queued, JobStatus.Queued, JobStatus.Running, JobStatus.Running, JobStatus.Finishing, JobStatus.Succeeded];
        var calls = 0;
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 201)
            .On("GET", Routes.Job, context => FakeApi.WriteAsync(context, Examples.Job(life[Interlocked.Increment(ref calls) - 1]) with { Cost = new JobCost(calls, "USD", 1, calls) }, ContractsJson.Default.Job));
        using var client = api.NewClient();

        var job = await client.Jobs.SubmitAsync(new JobSpec { Program = new ProgramSpec { Command = ["true"] } }, cancel: Cancel);
        var seen = await job.WatchAsync(Cancel).Select(now => now.Status).ToListAsync(Cancel);

        Assert.Equal(life.Distinct(), seen);
    }

    [Fact]
    public async Task Metrics_SeveralPages_AllPointsInOrder()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.JobMetrics, context => FakeApi.WriteAsync(context, context.Request.Query[ApiNames.Position].ToString() switch
        {
            "0" => new JobMetrics([new MetricPoint("a", 1, 1, Examples.At), new MetricPoint("a", double.PositiveInfinity, 2, Examples.At)], 2, false),
            "2" => new JobMetrics([new MetricPoint("a", double.NaN, 3, Examples.At)], 3, true),
            _ => new JobMetrics([], 3, true),
        }, ContractsJson.Default.JobMetrics));
        using var client = api.NewClient();

        Assert.Equal([1, double.PositiveInfinity, double.NaN], await client.Jobs.MetricsAsync("x", follow: true, Cancel).Select(point => point.Value).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Pull_Files_EachUnderItsPathWhole()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.JobFiles, Examples.Page(new JobFile("model/model.onnx", 3, Examples.At), new JobFile("artifacts/a b/c%.txt", 3, Examples.At)), ContractsJson.Default.JobFilePage)
            .On("GET", Routes.JobFile, async context => await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(context.Request.RouteValues["path"]!.ToString()!), Cancel));
        using var client = api.NewClient();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["out/model"]);
        await File.WriteAllTextAsync(folder["out/model/model.onnx"], "an older and longer file", Cancel);

        var all = await client.Jobs.PullAsync("x", folder["out"], cancel: Cancel);
        var some = await client.Jobs.PullAsync("x", folder["some"], "model/", cancel: Cancel);

        Assert.Equal((2, 1), (all.Count, some.Count));
        Assert.Equal("model/model.onnx", await File.ReadAllTextAsync(folder["out/model/model.onnx"], Cancel));
        Assert.Equal("artifacts/a b/c%.txt", await File.ReadAllTextAsync(folder["out/artifacts/a b/c%.txt"], Cancel));
        Assert.Equal(3, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("model/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("..\\evil")]
    [InlineData("C:evil")]
    [InlineData("model//evil")]
    [InlineData("model/\u0000evil")]
    [InlineData("")]
    public async Task Pull_PathLeadsOut_RefusedAndNothingIsWritten(string path)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.JobFiles, Examples.Page(new JobFile(path, 3, Examples.At)), ContractsJson.Default.JobFilePage);
        using var client = api.NewClient();
        using var folder = new TempFolder();

        await Assert.ThrowsAsync<UploadException>(() => client.Jobs.PullAsync("x", folder["out"], cancel: Cancel));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Pull_BrokenOnTheWay_NoHalfFile()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.JobFiles, Examples.Page(new JobFile("model/model.onnx", 1_000, Examples.At)), ContractsJson.Default.JobFilePage)
            .On("GET", Routes.JobFile, async context =>
            {
                context.Response.ContentLength = 1_000;
                await context.Response.Body.WriteAsync(new byte[100], Cancel);
                await context.Response.Body.FlushAsync(Cancel);
                context.Abort();
            });
        using var client = api.NewClient();
        using var folder = new TempFolder();

        await Assert.ThrowsAnyAsync<Exception>(() => client.Jobs.PullAsync("x", folder["out"], cancel: Cancel));

        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task All_CursorDoesNotMove_Ends()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Jobs, new Page<Job>([Examples.Job()], "same"), ContractsJson.Default.JobPage);
        using var client = api.NewClient();

        Assert.Equal(2, (await client.Jobs.AllAsync().ToListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Predict_ValuesOfAllKinds_AreTheirJson()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Predict, new Contracts.Endpoints.PredictResponse("m@1", []), ContractsJson.Default.PredictResponse);
        using var client = api.NewClient();

        await client.Endpoints.PredictAsync("e", [new Dictionary<string, object?> { ["a"] = 1, ["b"] = 0.1, ["c"] = "x\"", ["d"] = null, ["e"] = double.NaN, ["f"] = true, ["g"] = 12.50m }], Cancel);
        var e = await Assert.ThrowsAsync<ArgumentException>(() => client.Endpoints.PredictAsync("e", [new Dictionary<string, object?> { ["when"] = DateTime.MinValue }], Cancel));

        Assert.Equal("""{"rows":[{"a":1,"b":0.1,"c":"x\u0022","d":null,"e":null,"f":true,"g":12.50}]}""", Encoding.UTF8.GetString(Assert.Single(api.Requests).Body));
        Assert.Contains("'when'", e.Message);
    }
}
