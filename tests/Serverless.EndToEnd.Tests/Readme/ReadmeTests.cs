using Serverless.Contracts.Jobs;
using Serverless.EndToEnd.Tests.CommandLine;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.Readme;

public sealed class ReadmeTests
{
    [Fact]
    public void Readme_CSharpBlock_IsTheCodeThatIsCompiledAndRunHere()
    {
        var root = Needs.RepositoryRoot();
        var code = File.ReadAllLines(Path.Combine(root, "tests", "Serverless.EndToEnd.Tests", "Readme", "ReadmeCode.cs"));
        var region = code.SkipWhile(line => !line.Contains("// readme: begin")).Skip(1).TakeWhile(line => !line.Contains("// readme: end")).Select(line => line.Length > 8 ? line[8..] : "");

        var block = File.ReadLines(Path.Combine(root, "README.md")).SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");

        Assert.Equal(region, block);
    }

    [Fact]
    public async Task Readme_CSharpCode_TrainsAndPredicts()
    {
        using var folder = new TempFolder();
        await using var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", folder["data"], "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: TestContext.Current.CancellationToken);

        // The code is that of a program of its own: it takes its host and its files from the process. No other test here looks at either.
        Environment.SetEnvironmentVariable("SERVERLESS_HOME", folder["data"]);
        Directory.SetCurrentDirectory(Needs.RepositoryRoot());
        var (job, answer) = await ReadmeCode.RunAsync();

        Assert.Equal((JobStatus.Succeeded, "digits@1"), (job.Status, job.Model));
        Assert.Equal(["0", "1", "2"], answer.Predictions.Select(prediction => prediction.Label.ToString()!));
        Assert.Equal("digits@1", answer.Model);
        await up.SignalAsync("TERM");
        Assert.Equal(0, await up.EndAsync());
    }
}
