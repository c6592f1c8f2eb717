using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Serverless.Jobs;
using Serverless.TestKit;

namespace Serverless.Torch.Tests.Trainers;

/// <summary>The real program of the trainers as a job: its folders, its lines, its end.</summary>
internal sealed partial class TrainerProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Task readers;

    private TrainerProcess(Process process)
    {
        this.process = process;
        readers = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>What it has printed so far.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Starts a trainer whose input and output folders lie below one folder.</summary>
    public static TrainerProcess Start(TempFolder folder, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Serverless.Torch.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        start.Environment[JobVariables.JobId] = "test";
        start.Environment[JobVariables.Input("train")] = Path.Combine(folder.Path, "train");
        if (Directory.Exists(Path.Combine(folder.Path, "test")))
            start.Environment[JobVariables.Input("test")] = Path.Combine(folder.Path, "test");
        start.Environment[JobVariables.ModelFolder] = Path.Combine(folder.Path, "model");
        start.Environment[JobVariables.ArtifactsFolder] = Path.Combine(folder.Path, "artifacts");
        start.Environment[JobVariables.CheckpointFolder] = Path.Combine(folder.Path, "checkpoint");
        start.Environment[JobVariables.TensorboardFolder] = Path.Combine(folder.Path, "tensorboard");
        start.Environment[JobVariables.MetricsFile] = Path.Combine(folder.Path, "metrics.jsonl");
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a trainer to its end.</summary>
    /// <returns>What it printed, and its exit code.</returns>
    public static async Task<(int Exit, string Text)> RunAsync(TempFolder folder, params IReadOnlyList<string> arguments)
    {
        using var trainer = Start(folder, arguments);
        return (await trainer.EndAsync(), string.Join('\n', trainer.Lines));
    }

    /// <summary>Waits for a line.</summary>
    public Task LineAsync(string beginning) =>
        Eventually.TrueAsync($"a line that begins with '{beginning}'", () => lines.Any(line => line.StartsWith(beginning, StringComparison.Ordinal)) || (process.HasExited && readers.IsCompleted ? throw new InvalidOperationException($"It ended without the line: {string.Join('\n', lines)}") : false), Limit, TestContext.Current.CancellationToken);

    /// <summary>Sends SIGTERM.</summary>
    public void AskToStop()
    {
        if (SendSignal(process.Id, Terminate) != 0)
            throw new Win32Exception();
    }

    /// <summary>Ends it without a word, as a lost node does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        await readers.WaitAsync(Limit);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            lines.Enqueue(line);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
