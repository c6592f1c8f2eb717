using System.Text.Json;
using Serverless.Client.Experiments;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

public sealed class ExperimentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("experiment-list", "experiment list")]
    [InlineData("experiment-show", "experiment show digits")]
    [InlineData("experiment-set", "experiment set digits --note once")]
    [InlineData("experiment-compare", "experiment compare digits --metric accuracy --sort accuracy:desc")]
    [InlineData("experiment-compare-transposed", "experiment compare digits --transpose")]
    public async Task Command_AsText_IsTheGoldenFile(string name, string command)
    {
        await using var api = await ExampleApiAsync();

        var run = await CliRun.AsAsync(api, command.Split(' '));

        Assert.Equal(0, run.ExitCode);
        GoldenFile.Same($"text/{name}", run.Out + (run.Error.Length > 0 ? $"--- stderr\n{run.Error}" : ""));
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        var json = await CliRun.AsAsync(api, [.. command.Split(' '), "-o", "json"]);
        JsonDocument.Parse(Assert.Single(json.Out.TrimEnd('\n').Split('\n'))).Dispose();
    }

    [Theory]
    [InlineData("experiment", "experiment --help")]
    [InlineData("experiment-compare", "experiment compare --help")]
    public async Task Help_IsTheGoldenFile(string name, string command)
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), Path.GetTempPath(), "", command.Split(' '));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Same($"help/{name}", run.Out);
    }

    [Fact]
    public async Task Set_SendsWhatWasTyped()
    {
        await using var api = await ExampleApiAsync();

        var run = await CliRun.AsAsync(api, "experiment", "set", "digits", "--description", "a b", "--tag", "team=vision", "--tag", "old=", "--note", "one", "--note", "two");

        Assert.Equal(0, run.ExitCode);
        var change = api.Requests.Single(request => request.Method == "PATCH").Read(ContractsJson.Default.ExperimentChange);
        Assert.Equal(("a b", "vision", ""), (change.Description, change.Tags["team"], change.Tags["old"]));
        Assert.Equal(["one", "two"], api.Requests.Where(request => request.Method == "POST").Select(request => request.Read(ContractsJson.Default.ExperimentNoteRequest).Text));
        Assert.Equal(2, api.Requests.Where(request => request.Method == "POST").Select(request => request.Headers[ApiNames.IdempotencyKey]).Distinct().Count());
    }

    [Theory]
    [InlineData("experiment set digits", "Nothing is to be said.")]
    [InlineData("experiment set digits --tag team", "'team' cannot be read")]
    [InlineData("experiment set digits --tag a=1 --tag a=2", "The tag 'a' is given twice.")]
    [InlineData("experiment compare digits --top 3", "--top is about the trials of a study")]
    [InlineData("experiment compare digits --trials --job x", "--trials is about the newest runs")]
    [InlineData("experiment compare digits --limit 201", "--limit is 201; it must be 1 to 200.")]
    [InlineData("experiment shwo digits", "'serverless experiment' does not know 'shwo'.")]
    [InlineData("job run --algorithm a --experiment one --experiment two", "--experiment")]
    public async Task WrongCommand_ExitCodeTwo(string command, string message)
    {
        await using var api = await ExampleApiAsync();

        var run = await CliRun.AsAsync(api, command.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error);
    }

    [Fact]
    public async Task Text_FromTheHost_CannotActOnTheTerminal()
    {
        const string bad = "a\u001b]0;owned\u0007\u202Eb\r\n\u0000[red]c[/]\u009b31m";
        await using var api = await FakeApi.StartAsync(Cancel);
        var run = ExperimentExamples.Runs()[0] with { Name = bad, Status = bad, Model = bad, Metrics = new Dictionary<string, RunMetric> { [bad] = new(double.NaN, null, null) }, Inputs = new Dictionary<string, string> { [bad] = bad } };
        api.On("GET", Routes.Experiments, Examples.Page(ExperimentExamples.Experiment() with { Name = bad, Description = bad }), ContractsJson.Default.ExperimentPage)
            .On("GET", Routes.Experiment, ExperimentExamples.Experiment() with { Description = bad, Tags = new Dictionary<string, string> { [bad] = bad } }, ContractsJson.Default.ExperimentSummary)
            .On("GET", Routes.ExperimentNotes, Examples.Page(ExperimentExamples.Note() with { Text = bad, By = bad }), ContractsJson.Default.ExperimentNotePage)
            .On("GET", Routes.ExperimentRuns, Examples.Page(run), ContractsJson.Default.ExperimentRunPage)
            .On("GET", Routes.ExperimentComparison, Hostile(bad), ContractsJson.Default.ExperimentComparison);

        foreach (var command in new[] { "experiment list", "experiment show x", "experiment compare x", "experiment compare x --transpose", "experiment list -o json", "experiment show x -o json", "experiment compare x -o json" })
        {
            var shown = await CliRun.AsAsync(api, command.Split(' '));
            Assert.Equal(0, shown.ExitCode);
            var forbidden = (shown.Out + shown.Error).Where(c => c is not '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format));
            Assert.True(!forbidden.Any(), $"{command}: {string.Join(' ', forbidden.Select(c => $"{(int)c:x}"))}");
        }
    }

    [Fact]
    public async Task Compare_SendsWhatWasTypedAndWritesFiles()
    {
        await using var api = await ExampleApiAsync();
        using var folder = new TempFolder();

        var run = await CliRun.InAsync(
            api, folder.Path, "experiment", "compare", "digits", "--job", "a", "--job", "b", "--study", "my study", "--top", "3", "--metric", "loss:min", "--metric", "accuracy", "--sort", "loss:asc", "--only-different", "--limit", "9",
            "--csv", "x.csv", "--markdown", "x.md");

        Assert.Equal((0, ""), (run.ExitCode, run.Out));
        Assert.Equal("/api/v1/experiments/digits/comparison?job=a&job=b&study=my%20study&top=3&metric=loss%3Amin&metric=accuracy&sort=loss%3Aasc&differing=true&limit=9", api.Requests.Last().Path);
        Assert.Equal(ComparisonText.ToCsv(ExperimentExamples.Comparison()), await File.ReadAllTextAsync(folder["x.csv"], Cancel));
        Assert.Equal(ComparisonText.ToMarkdown(ExperimentExamples.Comparison()), await File.ReadAllTextAsync(folder["x.md"], Cancel));
        Assert.Contains("3 runs are in", run.Error);
    }

    [Fact]
    public async Task Compare_FileThatCannotBeWritten_SaysWhich()
    {
        await using var api = await ExampleApiAsync();
        using var folder = new TempFolder();

        var run = await CliRun.InAsync(api, folder.Path, "experiment", "compare", "digits", "--csv", "none/x.csv");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(Path.Combine(folder.Path, "none", "x.csv"), run.Error);
    }

    private static ExperimentComparison Hostile(string bad) => new()
    {
        Experiment = bad,
        Columns = [new ComparedColumn(ColumnGroup.Parameter, bad, true), new ComparedColumn(ColumnGroup.Metric, bad, false), new ComparedColumn(ColumnGroup.Fact, bad, true)],
        Runs = [new ComparedRun(RunKind.Job, bad, bad, [bad, bad, null]), new ComparedRun(RunKind.Job, bad, bad, [null, bad, bad])],
        Notes = [bad],
    };

    internal static async Task<FakeApi> ExampleApiAsync()
    {
        var api = await FakeApi.StartAsync(Cancel);
        return api
            .On("GET", Routes.Experiments, Examples.Page(ExperimentExamples.Experiment(), ExperimentExamples.Experiment() with { Name = "a-longer-name-of-another-experiment", Description = null, Jobs = 10_000 }), ContractsJson.Default.ExperimentPage)
            .On("GET", Routes.Experiment, ExperimentExamples.Experiment(), ContractsJson.Default.ExperimentSummary)
            .On("PATCH", Routes.Experiment, ExperimentExamples.Experiment(), ContractsJson.Default.ExperimentSummary)
            .On("GET", Routes.ExperimentNotes, Examples.Page(ExperimentExamples.Note()), ContractsJson.Default.ExperimentNotePage)
            .On("POST", Routes.ExperimentNotes, ExperimentExamples.Note(), ContractsJson.Default.ExperimentNote, 201)
            .On("GET", Routes.ExperimentRuns, Examples.Page(ExperimentExamples.Runs()), ContractsJson.Default.ExperimentRunPage)
            .On("GET", Routes.ExperimentComparison, ExperimentExamples.Comparison(), ContractsJson.Default.ExperimentComparison);
    }
}
