using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_AsJson_EveryStepHappenedAndNothingIsLeft()
    {
        using var folder = new TempFolder();
        var temporary = new Dictionary<string, string> { ["TMPDIR"] = folder.Path };

        var (code, output, talk) = await BuiltCli.RunAsync(folder.Path, temporary, "demo", "--output", "json");

        Assert.True(code == 0, talk);
        using var report = JsonDocument.Parse(output);
        double Number(string name) => report.RootElement.GetProperty(name).GetDouble();
        string Text(string name) => report.RootElement.GetProperty(name).GetString()!;
        Assert.InRange(Number("accuracy"), 0.93, 1);
        Assert.Equal(359, Number("predictionsChecked"));
        Assert.InRange(Number("predictionsRight"), 0.9 * 359, 359);
        Assert.InRange(Number("submitToRunningMs"), 1, 60_000);
        Assert.InRange(Number("totalSeconds"), 1, 150);
        Assert.InRange(Number("nodesPeak"), 1, 2);
        Assert.Equal((0, 0), (Number("nodesAfter"), Number("sessionsAfter")));
        Assert.InRange(report.RootElement.GetProperty("cost").GetDecimal(), 0.0000001m, 0.1m);
        Assert.Equal(("digits@1", "digits"), (Text("model"), Text("endpoint")));
        Assert.StartsWith("http://127.0.0.1:", Text("url"));
        var study = report.RootElement.GetProperty("study");
        Assert.Equal((8, "digits@2"), (study.GetProperty("trials").GetInt32(), study.GetProperty("model").GetString()));
        Assert.True(study.GetProperty("accuracy").GetDouble() > Number("accuracy"), "The study's best is not better than the default parameters.");
        Assert.InRange(study.GetProperty("predictionsRight").GetInt32(), 0.9 * 359, 359);
        Assert.False(report.RootElement.TryGetProperty("processId", out _));
        foreach (var step in new[] { "workflow started by the upload", "nodes 0 → 1", "accuracy = ", "model digits@1 registered", "gate passed", "endpoint 'digits' answers", "rows put aside", "study: 8 trials", "answers with digits@2", "with the best of the study", "its session is unloaded", "nodes 1 → 0" })
            Assert.True(talk.Contains(step, StringComparison.Ordinal), $"'{step}' is not in:\n{talk}");
        Assert.Empty(Directory.GetDirectories(folder.Path, "serverless-demo-*"));
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(Text("url"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Demo_Interrupted_LeavesNoProcessAndNoFolder()
    {
        using var folder = new TempFolder();

        // On a machine that is busy the demo may be over before this test gets to interrupt it.
        var code = 0;
        for (var attempt = 0; code == 0 && attempt < 5; attempt++)
            code = await InterruptAsync(folder);

        Assert.Equal(130, code);
        Assert.Empty(Directory.GetDirectories(folder.Path, "serverless-demo-*"));
    }

    /// <summary>Begins a demo, interrupts it, and sees that its host is gone.</summary>
    private static async Task<int> InterruptAsync(TempFolder folder)
    {
        await using var demo = BuiltCli.Start(folder.Path, new Dictionary<string, string> { ["TMPDIR"] = folder.Path }, "demo");
        await Eventually.TrueAsync("the demo's host answers", () => demo.Talk.Contains("host at http://"), cancel: TestContext.Current.CancellationToken);
        var file = Directory.GetDirectories(folder.Path, "serverless-demo-*").Select(data => Path.Combine(data, "run", "host.json")).FirstOrDefault(File.Exists);
        if (file is null)
            return await demo.EndAsync();
        var host = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).RootElement.GetProperty("processId").GetInt32();

        await demo.SignalAsync("INT");

        var code = await demo.EndAsync();
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(host));
        return code;
    }
}
