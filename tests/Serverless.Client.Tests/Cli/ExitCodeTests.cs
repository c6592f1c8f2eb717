using Serverless.Cli;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Tests.Cli;

public sealed class ExitCodeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, ProblemCodes.Invalid, 2)]
    [InlineData(401, ProblemCodes.Unauthenticated, 4)]
    [InlineData(403, ProblemCodes.Forbidden, 4)]
    [InlineData(404, ProblemCodes.NotFound, 3)]
    [InlineData(409, ProblemCodes.Conflict, 6)]
    [InlineData(413, ProblemCodes.TooLarge, 2)]
    [InlineData(422, ProblemCodes.ModelInvalid, 2)]
    [InlineData(500, ProblemCodes.Internal, 1)]
    [InlineData(507, ProblemCodes.StorageFull, 1)]
    public async Task Command_HostRefuses_ExitCodeSaysHow(int status, string code, int exit)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.Refuse("GET", Routes.Job, status, code, "The job 'x' is not there.", "Look for it.");

        var text = await CliRun.AsAsync(api, "job", "show", "x");
        var json = await CliRun.AsAsync(api, "job", "show", "x", "--output", "json");

        Assert.Equal((exit, ""), (text.ExitCode, text.Out));
        Assert.Contains("The job 'x' is not there.\nLook for it.", text.Error);
        Assert.Equal((exit, ""), (json.ExitCode, json.Out));
        using var error = System.Text.Json.JsonDocument.Parse(json.Error);
        Assert.Equal(code, error.RootElement.GetProperty("code").GetString());
        Assert.Equal(exit, error.RootElement.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Command_HostListsErrors_AllAreSaid()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.Refuse("POST", Routes.Jobs, 400, ProblemCodes.Invalid, "The job has 2 errors.", null,
            new FieldError("job.inputs[0].dataset", "There is no data set 'x'.", "Upload it."), new FieldError("job.name", "It is empty.", "Give one."));

        var run = await CliRun.AsAsync(api, "job", "run", "--command", "true");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("job.inputs[0].dataset: There is no data set 'x'. Upload it.", run.Error);
        Assert.Contains("job.name: It is empty. Give one.", run.Error);
    }

    [Fact]
    public async Task Command_MessageRepeatsItsErrors_EachIsSaidOnce()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        FieldError dataset = new("inputs[0].dataset", "There is no data set 'x'.", "Upload it."), name = new("name", "It is empty.", "Give one.");
        api.Refuse("POST", Routes.Jobs, 400, ProblemCodes.Invalid, dataset.Message, dataset.Cure, dataset);
        var one = await CliRun.AsAsync(api, "job", "run", "--command", "true");
        await using var other = await FakeApi.StartAsync(Cancel);
        other.Refuse("POST", Routes.Jobs, 400, ProblemCodes.Invalid, $"The input has 2 errors: {dataset.Message} {name.Message}", "Correct each of the errors that are listed.", dataset, name);
        var two = await CliRun.AsAsync(other, "job", "run", "--command", "true");

        Assert.Contains("inputs[0].dataset: There is no data set 'x'.\nUpload it.\n", one.Error);
        Assert.Contains("There are 2 errors:\n  inputs[0].dataset: There is no data set 'x'. Upload it.\n  name: It is empty. Give one.\nCorrect each of the errors that are listed.\n", two.Error);
        Assert.All([one.Error, two.Error], said => Assert.Single(System.Text.RegularExpressions.Regex.Matches(said, "There is no data set")));
    }

    [Theory]
    [InlineData("--port is 'abc'; it must be a whole number.", "up", "--port", "abc")]
    [InlineData("--status is 'wat'; it must be one of pending, queued, starting, running, finishing, succeeded, failed, stopped.", "job", "list", "--status", "wat")]
    [InlineData("--output is 'xml'; it must be one of text, json.", "job", "list", "--output", "xml")]
    [InlineData("--price-per-hour is 'much'; it must be a number.", "demo", "--price-per-hour", "much")]
    [InlineData("--price-per-hour is -1; it must be 0 to 1000000.", "demo", "--price-per-hour", "-1")]
    public async Task Command_WrongValue_SaysWhatToTypeWithoutTypeNames(string message, params string[] arguments)
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), Path.GetTempPath(), "", arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error);
        Assert.DoesNotContain("System.", run.Error);
    }

    [Fact]
    public async Task DataPut_Device_IsRefusedInWords()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The device is Linux's.");
        await using var api = await FakeApi.StartAsync(Cancel);

        var run = await CliRun.AsAsync(api, "data", "put", "x", "/dev/zero");

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains("The file '/dev/zero' had 0 bytes when it was opened", run.Error);
    }

    [Fact]
    public async Task Command_NobodyAnswers_Unreachable()
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string> { ["SERVERLESS_URL"] = "http://127.0.0.1:1" }, Path.GetTempPath(), "", "job", "list");

        Assert.Equal((5, ""), (run.ExitCode, run.Out));
        Assert.Contains("http://127.0.0.1:1/", run.Error);
        Assert.Contains("serverless up", run.Error);
    }

    [Theory]
    [InlineData(JobStatus.Succeeded, 0)]
    [InlineData(JobStatus.Failed, 1)]
    [InlineData(JobStatus.Stopped, 1)]
    public async Task JobRun_Waits_ExitCodeIsTheJobs(JobStatus end, int exit)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 202)
            .On("GET", Routes.Job, Examples.Job(end), ContractsJson.Default.Job);

        var run = await CliRun.AsAsync(api, "job", "run", "--algorithm", "logistic-regression", "--wait", "--output", "json");

        Assert.Equal(exit, run.ExitCode);
        Assert.Equal(end, System.Text.Json.JsonSerializer.Deserialize(run.Out, ContractsJson.Default.Job)!.Status);
    }

    [Fact]
    public async Task EndpointDeploy_DeploymentFails_ExitCodeOneAndWhy()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.EndpointDeployments, Examples.Deployment(Contracts.Endpoints.DeploymentStatus.Running), ContractsJson.Default.Deployment, 202)
            .On("GET", Routes.Deployment, Examples.Deployment(Contracts.Endpoints.DeploymentStatus.Failed), ContractsJson.Default.Deployment);

        var run = await CliRun.AsAsync(api, "endpoint", "deploy", "digits", "--model", "digits@2");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The model cannot be loaded.", run.Error);
    }

    [Fact]
    public async Task Command_Interrupted_130()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        api.On("GET", Routes.Job, async context =>
        {
            await interrupt.CancelAsync();
            await FakeApi.WriteAsync(context, Examples.Job(JobStatus.Running), ContractsJson.Default.Job);
        });
        using var talk = new StringWriter();
        var io = new Serverless.Cli.Shell.CliIo
        {
            Out = TextWriter.Null,
            Error = talk,
            In = () => Stream.Null,
            Environment = name => name == "SERVERLESS_URL" ? api.Address.ToString() : null,
            Folder = Path.GetTempPath(),
        };

        Assert.Equal(130, await CliProgram.RunAsync(["job", "show", "x"], io, interrupt.Token));
        Assert.Contains("Interrupted", talk.ToString());
    }
}
