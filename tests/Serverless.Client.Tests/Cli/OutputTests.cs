using System.Text.Json;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Access;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

public sealed class OutputTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Commands => new()
    {
        { "job-list", "job list" },
        { "job-show", "job show x" },
        { "job-metrics", "job metrics x" },
        { "job-files", "job files x" },
        { "job-stop", "job stop x" },
        { "data-list", "data list" },
        { "data-show", "data show digits" },
        { "data-put", "data put digits digits.csv" },
        { "model-list", "model list" },
        { "model-show", "model show digits@1" },
        { "endpoint-list", "endpoint list" },
        { "endpoint-show", "endpoint show digits" },
        { "endpoint-deploy", "endpoint deploy digits --model digits" },
        { "endpoint-rollback", "endpoint rollback digits" },
        { "endpoint-delete", "endpoint delete digits" },
        { "predict", "predict digits --row p0=1,p1=red" },
        { "trigger-add", "trigger add nightly --prefix digits/ --algorithm logistic-regression" },
        { "trigger-list", "trigger list" },
        { "trigger-remove", "trigger remove nightly" },
        { "key-make", "key make ci --role submitter --expires 30d" },
        { "key-list", "key list" },
        { "key-revoke", "key revoke key-0a1b2c3d4e5f6g7h8j9k" },
        { "node-list", "node list" },
        { "pool-list", "pool list" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_AsText_IsTheGoldenFileAndFits80Columns(string name, string command)
    {
        await using var api = await ExampleApiAsync();
        using var folder = SampleFolder();

        var run = await CliRun.InAsync(api, folder.Path, command.Split(' '));

        Assert.Equal(0, run.ExitCode);
        GoldenFile.Same($"text/{name}", run.Out + (run.Error.Length > 0 ? $"--- stderr\n{run.Error.Replace(folder.Path, "FOLDER")}" : ""));
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_AsJson_StdoutIsJsonAlone(string name, string command)
    {
        await using var api = await ExampleApiAsync();
        using var folder = SampleFolder();

        var run = await CliRun.InAsync(api, folder.Path, [.. command.Split(' '), "--output", "json"]);

        Assert.Equal(0, run.ExitCode);
        var lines = run.Out.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length == 1 || name == "job-metrics", run.Out);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Theory]
    [InlineData("root", "--help")]
    [InlineData("job", "job --help")]
    [InlineData("job-run", "job run --help")]
    [InlineData("job-init", "job init --help")]
    [InlineData("study", "study --help")]
    [InlineData("study-run", "study run --help")]
    [InlineData("study-plan", "study plan --help")]
    [InlineData("study-importance", "study importance --help")]
    [InlineData("study-history", "study history --help")]
    [InlineData("study-curves", "study curves --help")]
    [InlineData("study-parallel", "study parallel --help")]
    [InlineData("trigger-add", "trigger add --help")]
    [InlineData("key-make", "key make --help")]
    [InlineData("predict", "predict --help")]
    [InlineData("up", "up --help")]
    [InlineData("demo", "demo --help")]
    public async Task Help_IsTheGoldenFile(string name, string command)
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), Path.GetTempPath(), "", command.Split(' '));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Same($"help/{name}", run.Out);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("jbo list", "'serverless' does not know 'jbo'.", "Did you mean 'job'?")]
    [InlineData("job lst", "'serverless job' does not know 'lst'.", "Did you mean 'list'?")]
    [InlineData("job list --statsu failed", "does not know '--statsu'", "Did you mean '--status'?")]
    [InlineData("xyzzy", "does not know 'xyzzy'", "'serverless --help' shows what it takes.")]
    [InlineData("job", "'serverless job' needs a command: run, list", "'serverless job --help'")]
    [InlineData("job show", "Required argument 'ID' missing", "'serverless job show --help'")]
    [InlineData("job list --limit 500", "--limit is 500; it must be 1 to 200.", "--help")]
    [InlineData("job list --output xml", "'xml'", "--help")]
    [InlineData("predict digits", "exactly one of --file, --row and --json", "For example")]
    public async Task WrongCommand_ExitCodeTwoAndTheCure(string command, string message, string cure)
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), Path.GetTempPath(), "", command.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error);
        Assert.Contains(cure, run.Error);
    }

    [Fact]
    public async Task Text_FromTheHost_CannotActOnTheTerminal()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        const string bad = "a\u001b]0;owned\u0007\u202Eb\r\n\u0000[red]c[/]\u009b31m";
        var job = Examples.Job(JobStatus.Failed, name: bad) with { Message = bad, Cure = bad, LogTail = [bad], Metrics = new Dictionary<string, double> { [bad] = 1 } };
        api.On("GET", Routes.Jobs, Examples.Page(job), ContractsJson.Default.JobPage)
            .On("GET", Routes.Job, job, ContractsJson.Default.Job)
            .Refuse("GET", Routes.Endpoint, 404, "not_found", bad, bad, new Contracts.Problems.FieldError(bad, bad, bad));

        foreach (var command in new[] { "job list", "job show x", "endpoint show x", "job list -o json", "job show x -o json", "endpoint show x -o json" })
        {
            var run = await CliRun.AsAsync(api, command.Split(' '));
            var forbidden = (run.Out + run.Error).Where(c => c is not '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format));
            Assert.True(!forbidden.Any(), $"{command}: {string.Join(' ', forbidden.Select(c => $"{(int)c:x}"))}");
        }
    }

    [Fact]
    public async Task List_AllPages_OneDocument()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Jobs, context => FakeApi.WriteAsync(context, context.Request.Query[ApiNames.After].ToString() switch
        {
            "" => new Page<Job>([Examples.Job(id: "job-1")], "p2"),
            "p2" => new Page<Job>([Examples.Job(id: "job-2")], null),
            var other => throw new InvalidOperationException(other),
        }, ContractsJson.Default.JobPage));

        var first = await CliRun.AsAsync(api, "job", "list", "--contains", "digits & co", "--status", "failed", "--limit", "1", "-o", "json");
        var all = await CliRun.AsAsync(api, "job", "list", "--all", "-o", "json");

        Assert.Equal("/api/v1/jobs?contains=digits%20%26%20co&status=failed&limit=1", api.Requests.First().Path);
        Assert.Equal("p2", JsonSerializer.Deserialize(first.Out, ContractsJson.Default.JobPage)!.Next);
        Assert.Equal(["job-1", "job-2"], JsonSerializer.Deserialize(all.Out, ContractsJson.Default.JobPage)!.Items.Select(job => job.Id));
    }

    private static TempFolder SampleFolder()
    {
        var folder = new TempFolder();
        File.WriteAllText(folder["digits.csv"], "p0,label\n1,2\n");
        return folder;
    }

    private static async Task<FakeApi> ExampleApiAsync()
    {
        var api = await FakeApi.StartAsync(Cancel);
        var label = JsonDocument.Parse("\"seven\"").RootElement;
        var answer = new PredictResponse("digits@2", [new Prediction { Label = label, Probabilities = new Dictionary<string, double> { ["seven"] = 0.98765, ["one"] = 0.01235 } }]);
        return api
            .On("GET", Routes.Jobs, Examples.Page(Examples.Job(), Examples.Job(JobStatus.Failed, name: "a longer name of a job that failed")), ContractsJson.Default.JobPage)
            .On("GET", Routes.Job, Examples.Job(JobStatus.Failed), ContractsJson.Default.Job)
            .On("POST", Routes.JobStop, Examples.Job(JobStatus.Stopped), ContractsJson.Default.Job, 202)
            .On("GET", Routes.JobMetrics, context => FakeApi.WriteAsync(context, context.Request.Query[ApiNames.Position] == "0"
                ? new JobMetrics([new MetricPoint("loss", 0.5, 1, Examples.At), new MetricPoint("loss", double.NaN, null, Examples.At)], 2, true)
                : new JobMetrics([], 2, true), ContractsJson.Default.JobMetrics))
            .On("GET", Routes.JobFiles, Examples.Page(new JobFile("model/model.onnx", 12_345, Examples.At)), ContractsJson.Default.JobFilePage)
            .On("GET", Routes.Datasets, Examples.Page(Examples.Dataset()), ContractsJson.Default.DatasetPage)
            .On("GET", Routes.DatasetVersion, Examples.Dataset(), ContractsJson.Default.DatasetVersion)
            .On("GET", Routes.DatasetPreview, Examples.Preview(), ContractsJson.Default.DatasetPreview)
            .On("PUT", Routes.DatasetFile, Examples.Dataset(), ContractsJson.Default.DatasetVersion)
            .On("GET", Routes.Models, Examples.Page(Examples.Model()), ContractsJson.Default.ModelPage)
            .On("GET", Routes.ModelVersion, Examples.Model(), ContractsJson.Default.ModelVersion)
            .On("GET", Routes.Endpoints, Examples.Page(Examples.Endpoint()), ContractsJson.Default.EndpointPage)
            .On("GET", Routes.Endpoint, Examples.Endpoint(), ContractsJson.Default.Endpoint)
            .On("DELETE", Routes.Endpoint, context => { context.Response.StatusCode = 204; return Task.CompletedTask; })
            .On("POST", Routes.EndpointDeployments, Examples.Deployment(), ContractsJson.Default.Deployment, 202)
            .On("POST", Routes.EndpointRollback, Examples.Deployment(), ContractsJson.Default.Deployment, 202)
            .On("POST", Routes.Predict, answer, ContractsJson.Default.PredictResponse)
            .On("PUT", Routes.Trigger, Examples.Trigger(), ContractsJson.Default.Trigger)
            .On("GET", Routes.Triggers, Examples.Page(Examples.Trigger()), ContractsJson.Default.TriggerPage)
            .On("DELETE", Routes.Trigger, context => { context.Response.StatusCode = 204; return Task.CompletedTask; })
            .On("GET", Routes.Keys, Examples.Page(Examples.Key()), ContractsJson.Default.ApiKeyPage)
            .On("POST", Routes.Keys, new ApiKeyMade(Examples.Key(), "key-0a1b2c3d4e5f6g7h8j9k.the-text-that-is-shown-once"), ContractsJson.Default.ApiKeyMade, 201)
            .On("DELETE", Routes.Key, context => { context.Response.StatusCode = 204; return Task.CompletedTask; })
            .On("GET", Routes.Nodes, Examples.Page(Examples.Node()), ContractsJson.Default.NodePage)
            .On("GET", Routes.Pools, Examples.Page(Examples.Pool()), ContractsJson.Default.PoolPage);
    }
}
