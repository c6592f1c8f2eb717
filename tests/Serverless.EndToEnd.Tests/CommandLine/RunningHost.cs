using System.Text.Json;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>A host that a test has to itself, in a folder of its own, with the command line that speaks to it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private BuiltCli up;

    private RunningHost(TempFolder folder, BuiltCli up) => (Folder, this.up) = (folder, up);

    public TempFolder Folder { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RunningHost> StartAsync()
    {
        var folder = new TempFolder();
        return new RunningHost(folder, await UpAsync(folder));
    }

    /// <summary>Kills host and agents as a power cut would, and starts the host again.</summary>
    public async Task CutAndStartAsync()
    {
        await up.CutAsync();
        await up.DisposeAsync();
        up = await UpAsync(Folder);
    }

    /// <summary>Runs a command to its end, which must be a good one.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var run = await BuiltCli.RunAsync(Folder.Path, new Dictionary<string, string> { ["SERVERLESS_HOME"] = Folder["data"] }, arguments);
        Assert.True(run.ExitCode == 0, run.Talk);
        return run.Out;
    }

    /// <summary>Submits a study.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitAsync(string spec)
    {
        await File.WriteAllTextAsync(Folder["study.yaml"], spec, Cancel);
        return (await RunAsync("study", "run", "--spec", "study.yaml")).Trim();
    }

    public async Task<Study> StudyAsync(string id) => JsonSerializer.Deserialize(await RunAsync("study", "show", id, "--output", "json"), ContractsJson.Default.Study)!;

    public async Task<IReadOnlyList<StudyTrial>> TrialsAsync(string id) =>
        JsonSerializer.Deserialize(await RunAsync("study", "trials", id, "--output", "json"), ContractsJson.Default.StudyTrialPage)!.Items;

    public async ValueTask DisposeAsync()
    {
        await up.SignalAsync("TERM");
        await up.EndAsync();
        await up.DisposeAsync();
        Folder.Dispose();
    }

    private static async Task<BuiltCli> UpAsync(TempFolder folder)
    {
        var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", folder["data"], "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: Cancel);
        return up;
    }
}
