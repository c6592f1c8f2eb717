using Serverless.Client;
using Serverless.Client.Hosts;
using Serverless.Contracts.Studies;
using Serverless.EndToEnd.Tests.CommandLine;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.Readme;

/// <summary>The code that docs/sdk.md shows is compiled and does what the page says.</summary>
public sealed class SdkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Page_StudyBlock_IsTheCodeThatIsCompiledAndRunHere()
    {
        var root = Needs.RepositoryRoot();
        var code = File.ReadAllLines(Path.Combine(root, "tests", "Serverless.EndToEnd.Tests", "Readme", "SdkStudyCode.cs"));
        var region = code.SkipWhile(line => !line.Contains("// sdk: begin", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("// sdk: end", StringComparison.Ordinal)).Select(line => line.Length > 8 ? line[8..] : "").ToList();

        var block = File.ReadLines(Path.Combine(root, "docs", "sdk.md")).SkipWhile(line => line != "## A study").SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");

        Assert.Equal(region.SkipLast(1), block);
    }

    [Fact]
    public async Task Page_StudyCode_SearchesResumesAndSaysWhatMattered()
    {
        using var folder = new TempFolder();
        await using var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", folder["data"], "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: Cancel);
        var host = LocalHost.Find(folder["data"])!;
        using var serverless = new ServerlessClient(new Uri(host.Url), LocalHost.ReadKey(folder["data"]));
        await serverless.Data.PutFileAsync("digits", Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv"), cancel: Cancel);

        var (study, importance) = await SdkStudyCode.RunAsync(serverless);

        Assert.Equal((StudyStatus.Succeeded, 2, 12), (study.Status, study.Run, study.Trials.Complete));
        Assert.True(study.Best[0].Values[0] > 0.95);
        Assert.Equal(["l2", "max-iterations"], importance.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        await up.SignalAsync("TERM");
        Assert.Equal(0, await up.EndAsync());
    }
}
