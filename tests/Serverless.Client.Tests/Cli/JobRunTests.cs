using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

public sealed class JobRunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JobRun_ArgumentsAfterTwoDashes_ArriveExactly()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 202);
        string[] arguments = ["--lr", "0.1", "--lr", "0.1", "", "a b", "'q'", "\"", "größe", "日本", "-x", "-x", "@file", "--", "--output", "text", "--help", "[diagram]", "a=b", "\\", "\n"];

        var run = await CliRun.AsAsync(api, ["job", "run", "--command", "python3 'my train.py' -u", "--output", "json", "--", .. arguments]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var spec = api.Requests.Single().Read(ContractsJson.Default.JobSpec);
        Assert.Equal(arguments, spec.Arguments);
        Assert.Equal(["python3", "my train.py", "-u"], spec.Program.Command!);
    }

    [Fact]
    public async Task JobRun_AllOptions_AreTheSpec()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 202)
            .On("HEAD", Routes.Content, context => { context.Response.StatusCode = 404; return Task.CompletedTask; })
            .On("PUT", Routes.Content, context => { context.Response.StatusCode = 201; return Task.CompletedTask; });
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["src"]);
        await File.WriteAllTextAsync(folder["src/train.py"], "print('loss: 1')", Cancel);

        var run = await CliRun.InAsync(api, folder.Path,
            "job", "run", "--command", "python3 train.py", "--code", "src", "--name", "my run", "--input", "train=digits", "--input", "extra=sales@3fa1b2c4:data/extra",
            "--metric", "loss=loss: ([0-9.]+)", "--metric", "a=b=([0-9]+)", "--metric-tag", "acc=eval/acc=top1", "--metric-events", "runs/**", "--model", "digits", "--gate", "accuracy>=0.93", "--gate", "loss<1e-1", "--endpoint", "live",
            "--env", "SEED=7", "--env", "EMPTY=", "--max-run", "15m", "--grace", "5s", "--attempts", "2", "--pool", "gpu",
            "--from", "job-7", "--gpu", "T4:2", "--vcpu", "8", "--memory", "1.5GiB", "--spot", "--size", "Standard_X", "--max-cost", "2.50", "--output", "json");

        Assert.Equal(0, run.ExitCode);
        var spec = api.Requests.Last().Read(ContractsJson.Default.JobSpec);
        Assert.Equal(("my run", "job-7"), (spec.Name, spec.CheckpointFrom));
        Assert.Equal("train.py", Assert.Single(spec.Program.Code).Path);
        Assert.Equal([("train", "digits", null), ("extra", "sales@3fa1b2c4", "data/extra")], spec.Inputs.Select(input => (input.Channel, input.Dataset, input.Path)));
        Assert.Equal([new MetricSpec("loss", "loss: ([0-9.]+)"), new MetricSpec("a", "b=([0-9]+)"), new MetricSpec("acc") { Tag = "eval/acc=top1", Events = "runs/**" }], spec.Metrics);
        Assert.Equal([new GateSpec("accuracy", GateOperator.AtLeast, 0.93), new GateSpec("loss", GateOperator.Below, 0.1)], spec.Model!.Gate);
        Assert.Equal(("digits", "model.onnx", "live"), (spec.Model.Name, spec.Model.File, spec.Model.Endpoint));
        Assert.Equal(new Dictionary<string, string> { ["SEED"] = "7", ["EMPTY"] = "" }, spec.Environment);
        Assert.Equal(new LimitSpec { MaxRunSeconds = 900, GraceSeconds = 5, MaxAttempts = 2, MaxCost = 2.5m }, spec.Limits);
        Assert.Equal(new ResourceSpec { Pool = "gpu", Size = "Standard_X", Gpu = new GpuSpec("t4", 2), VCpus = 8, MemoryBytes = 3L << 29, Spot = true }, spec.Resources);
    }

    [Theory]
    [InlineData("train:1", null, null)]
    [InlineData("train:1", "--command", "python3 train.py")]
    [InlineData("train:1", "--algorithm", "logistic-regression")]
    public async Task JobRun_Image_GoesAloneOrWithACommandOrAnAlgorithm(string image, string? option, string? value)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 202);
        string[] more = option is null ? [] : [option, value!];

        var run = await CliRun.AsAsync(api, ["job", "run", "--image", image, "--writable-root", .. more, "--", "--lr", "0.1"]);

        Assert.Equal(0, run.ExitCode);
        var program = api.Requests.Single().Read(ContractsJson.Default.JobSpec).Program;
        Assert.Equal((image, true), (program.Image, program.WritableRoot));
        Assert.Equal(option == "--algorithm" ? value : null, program.Algorithm);
        Assert.Equal(option == "--command" ? value!.Split(' ') : null, program.Command);
    }

    [Fact]
    public async Task JobRun_ManyErrors_AllAreSaidAndNothingIsSent()
    {
        await using var api = await FakeApi.StartAsync(Cancel);

        var run = await CliRun.AsAsync(api, "job", "run", "--command", "a 'b", "--algorithm", "x", "--gate", "accuracy=0.9", "--metric", "loss", "--metric-tag", "a=", "--metric-events", "runs", "--input", "=d", "--env", "A=1", "--env", "A=2", "--max-run", "2 weeks", "--gpu", "t4:x", "--memory", "16", "--max-cost", "0");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(api.Requests);
        Assert.All(["--command: 'a 'b'", "Exactly one of --command and --algorithm", "--model: ", "--gate: 'accuracy=0.9'", "--metric: 'loss'", "--metric-tag: 'a='", "--input: '=d'", "--env: The variable 'A'", "--max-run: '2 weeks'", "--gpu: 't4:x'", "--memory: '16'", "--max-cost: '0'"],
            error => Assert.Contains(error, run.Error));
    }

    [Fact]
    public async Task JobRun_Estimate_SaysTheMachineAndTheCost_AndSubmitsNothing()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.JobEstimate, Examples.Placement(), ContractsJson.Default.JobPlacement);

        var run = await CliRun.AsAsync(api, "job", "run", "--algorithm", "a", "--gpu", "t4", "--estimate");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Same("text/job-estimate", run.Out);
        Assert.Equal(new GpuSpec("t4", 1), Assert.Single(api.Requests).Read(ContractsJson.Default.JobSpec).Resources.Gpu);
    }

    [Fact]
    public async Task JobRun_Submitted_SaysTheMachineThatWasChosen()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending) with { Placement = Examples.Placement() }, ContractsJson.Default.Job, 201);

        var run = await CliRun.AsAsync(api, "job", "run", "--algorithm", "a", "--gpu", "t4");

        Assert.Contains("It runs on Standard_NC4as_T4_v3 (4 vCPUs, 28 GiB, 1 × t4) at 0.526 USD per hour", run.Error);
        Assert.Contains("At most 0.526 USD for one attempt to its time limit, 1.578 USD for all attempts, at factor 1.", run.Error);
        Assert.Contains("The price is not verified", run.Error);
    }

    [Fact]
    public async Task TriggerAdd_WithoutInput_ReadsWhatLandedAsTrain()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("PUT", Routes.Trigger, Examples.Trigger(), ContractsJson.Default.Trigger);

        var run = await CliRun.AsAsync(api, "trigger", "add", "nightly", "--prefix", "digits/", "--algorithm", "logistic-regression", "--model", "digits", "--gate", "accuracy>=0.93", "--endpoint", "digits", "--", "--target", "label");

        Assert.Equal(0, run.ExitCode);
        var request = api.Requests.Single();
        Assert.EndsWith("/triggers/nightly", request.Path);
        TriggerSpec spec = request.Read(ContractsJson.Default.TriggerSpec);
        Assert.Equal("digits/", spec.Prefix);
        Assert.Equal(["--target", "label"], spec.Job.Arguments);
        Assert.Equal(new InputSpec { Channel = "train" }, Assert.Single(spec.Job.Inputs));
    }

    [Theory]
    [InlineData("job", "list")]
    [InlineData("data", "list")]
    public async Task OtherCommand_TwoDashes_Refused(params string[] command)
    {
        await using var api = await FakeApi.StartAsync(Cancel);

        var run = await CliRun.AsAsync(api, [.. command, "--", "x"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nothing after '--'", run.Error);
    }

    [Fact]
    public async Task JobRun_Follows_OutputIsDataAndProgressIsTalk()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.Jobs, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 202)
            .On("GET", Routes.Job, Examples.Job(), ContractsJson.Default.Job)
            .On("GET", Routes.JobLogs, async context =>
            {
                var text = "loss: 1\nloss: \u001b[31m0.5\n"u8.ToArray();
                var offset = int.Parse(context.Request.Query[ApiNames.Offset].ToString());
                context.Response.Headers[ApiNames.LogEnded] = "true";
                await context.Response.Body.WriteAsync(text.AsMemory(offset), Cancel);
            });

        var run = await CliRun.AsAsync(api, "job", "run", "--algorithm", "logistic-regression", "--follow");

        Assert.StartsWith("loss: 1\nloss: \\u{1b}[31m0.5\njob ", run.Out);
        Assert.Contains("is submitted", run.Error);
        Assert.Equal(0, run.ExitCode);
    }
}
