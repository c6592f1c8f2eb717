using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Serverless.TestKit;
using Serverless.Torch.Children;

namespace Serverless.Torch.Tests.Trainers;

/// <summary>The process in which a trainer exports is killed, hangs, or has no memory: the job fails, its weights are kept, and the next attempt exports without training.</summary>
public sealed partial class ExportFaultTests : IDisposable
{
    private const int Kill = 9;
    private const int Abort = 6;
    private const int Stop = 19;
    private static readonly string[] Arguments = ["tabular-network", "--target", "label", "--epochs", "3", "--hidden", "8", "--threads", "1", "--device", "cpu"];
    private readonly TempFolder folder = new();

    public ExportFaultTests()
    {
        var random = new Random(3);
        Directory.CreateDirectory(folder["train"]);
        File.WriteAllLines(folder["train/rows.csv"], ["x,label", .. Enumerable.Range(0, 200).Select(row => FormattableString.Invariant($"{random.NextDouble() + row % 2:0.###},{row % 2}"))]);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Kill, "was ended by signal 9 (SIGKILL), by hand or for lack of memory")]
    [InlineData(Abort, "was ended by signal 6 (SIGABRT)")]
    public async Task Export_ThatASignalEnds_KeepsTheWeightsAndGoesStraightToTheExportNextTime(int signal, string said)
    {
        var failed = await RunAndSend(signal, Arguments);

        Assert.Equal(1, failed.Exit);
        Assert.Contains(said, failed.Text, StringComparison.Ordinal);
        Assert.Contains($"The training is not lost: its weights are in the checkpoint in '{folder["checkpoint"]}'", failed.Text, StringComparison.Ordinal);
        Assert.Contains("'serverless job run --from test' goes straight to the export, without training", failed.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["model/model.onnx"]));

        await ExportsWithoutTraining(Arguments);
    }

    [Fact]
    public async Task Export_ThatHangs_IsEndedAfterItsLimit()
    {
        var failed = await RunAndSend(Stop, [.. Arguments, "--export-seconds", "4"]);

        Assert.Equal(1, failed.Exit);
        Assert.Contains("was ended, because it took longer than 00:00:04", failed.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{failed.Child}"), "the process that exports is still there");
        await ExportsWithoutTraining(Arguments);
    }

    [Fact]
    public async Task Export_WithTooLittleMemory_FailsAlone()
    {
        var failed = await TrainerProcess.RunAsync(folder, [.. Arguments, "--export-memory", "64"]);

        Assert.Equal(1, failed.Exit);
        Assert.Contains("The training is not lost", failed.Text, StringComparison.Ordinal);
        await ExportsWithoutTraining(Arguments);
    }

    [Fact]
    public async Task Trainer_ThatIsStoppedWhileItExports_EndsItsProcessAndExportsNextTime()
    {
        using var trainer = TrainerProcess.Start(folder, Arguments);
        var child = await ChildOf(trainer);

        trainer.AskToStop();

        Assert.Equal(143, await trainer.EndAsync());
        Assert.False(Directory.Exists($"/proc/{child}"), "the process that exports is still there");
        await ExportsWithoutTraining(Arguments);
    }

    private async Task ExportsWithoutTraining(string[] arguments)
    {
        var next = await TrainerProcess.RunAsync(folder, arguments);
        Assert.True(next.Exit == 0, next.Text);
        Assert.Contains("goes straight to the export", next.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 1/", next.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["model/model.onnx"]));
    }

    private async Task<(int Exit, string Text, int Child)> RunAndSend(int signal, string[] arguments)
    {
        using var trainer = TrainerProcess.Start(folder, arguments);
        var child = await ChildOf(trainer);
        if (signal == Stop && SendSignal(child, signal) != 0)
            throw new Win32Exception();
        if (signal != Stop) // .NET hears such a signal once, and the second time it has the system's effect
            await Eventually.TrueAsync("the end of the process that exports", () => SendSignal(child, signal) != 0, cancel: TestContext.Current.CancellationToken);
        return (await trainer.EndAsync(), string.Join('\n', trainer.Lines), child);
    }

    /// <summary>The process that exports, once it is the program and not yet done.</summary>
    private static async Task<int> ChildOf(TrainerProcess trainer)
    {
        var found = 0;
        await Eventually.TrueAsync("the process that exports", () => (found = Exporting(trainer.Id)) > 0, TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return found;
    }

    private static int Exporting(int parent)
    {
        foreach (var process in Process.GetProcesses())
            using (process)
                try
                {
                    if (File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0').Contains(ExportChild.Verb) && File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[1] == $"{parent}")
                        return process.Id;
                }
                catch (IOException)
                {
                    // it ended meanwhile
                }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
