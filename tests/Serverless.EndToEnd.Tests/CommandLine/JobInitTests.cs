using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>What <c>job init csharp</c> writes is built and run as a job, up to an endpoint that answers.</summary>
public sealed class JobInitTests
{
    [Fact]
    public async Task CSharp_FromInitToPrediction_WorksAsItsReadmeSays()
    {
        using var folder = new TempFolder();
        var init = await BuiltCli.RunAsync(folder.Path, null, "job", "init", "csharp", "line");
        Assert.True(init.ExitCode == 0, init.Talk);
        await PublishAsync(folder["line"]);
        File.WriteAllLines(folder["table.csv"], ["a,b,y", .. Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 10},{i / 7},{3 * (i % 10) - 2 * (i / 7) + 5}"))]);

        await using var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", "data", "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: TestContext.Current.CancellationToken);
        await GoodAsync(folder, "data", "put", "numbers", "table.csv");
        var job = await GoodAsync(
            folder, "job", "run", "--code", "line/app", "--command", "dotnet line.dll", "--input", "train=numbers", "--model", "line", "--endpoint", "line", "--wait", "--output", "json", "--", "--target", "y", "--epochs", "400");
        using var ended = JsonDocument.Parse(job);
        Assert.Equal("line@1", ended.RootElement.GetProperty("model").GetString());
        Assert.InRange(ended.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble(), 0, 1e-6);

        using var answer = JsonDocument.Parse(await GoodAsync(folder, "predict", "line", "--row", "a=4,b=1.5", "--output", "json"));
        Assert.Equal(14, answer.RootElement.GetProperty("predictions")[0].GetProperty("label").GetDouble(), 2);
        var files = await GoodAsync(folder, "job", "files", ended.RootElement.GetProperty("id").GetString()!);
        Assert.Contains("tfevents", files, StringComparison.Ordinal);
        await up.SignalAsync("TERM");
        Assert.Equal(0, await up.EndAsync());
    }

    private static async Task<string> GoodAsync(TempFolder folder, params string[] arguments)
    {
        var run = await BuiltCli.RunAsync(folder.Path, null, [.. arguments.TakeWhile(each => each != "--"), "--data", "data", .. arguments.SkipWhile(each => each != "--")]);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.ExitCode}\n{run.Out}\n{run.Talk}");
        return run.Out;
    }

    private static async Task PublishAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "-o", "app", "-v", "q", "-nologo", "-p:UseSharedCompilation=false", "-nodeReuse:false"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(150));
        using var publish = Process.Start(start)!;
        var (output, error) = (publish.StandardOutput.ReadToEndAsync(late.Token), publish.StandardError.ReadToEndAsync(late.Token));
        await publish.WaitForExitAsync(late.Token);
        Assert.True(publish.ExitCode == 0, await output + await error);
    }
}
