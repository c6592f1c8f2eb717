using System.Diagnostics;
using System.Text;

namespace Serverless.TrainingContainer.Tests.Algorithms;

public sealed class StopTests
{
    [Fact]
    public async Task Process_Sigterm_SavesACheckpointAndEndsWith143()
    {
        using var run = new AlgorithmRun(("t.csv", LongWork()));
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Serverless.Algorithms.dll"), "logistic-regression", "--target", "c", "--l2", "0", "--tolerance", "1e-12", "--max-iterations", "100000"];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in run.Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("loss", StringComparison.Ordinal))
        {
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var rest = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await rest;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 143, $"It ended with {process.ExitCode}: {error}");
        Assert.True(File.Exists(Path.Combine(run.Folder, "checkpoints", ".commit")));
        Assert.True(new FileInfo(Path.Combine(run.Folder, "checkpoints/lbfgs.bin")).Length > 1000);
        Assert.False(File.Exists(run.ModelPath));
    }

    private static string LongWork()
    {
        const int Columns = 60;
        var random = new Random(9);
        var table = new StringBuilder(string.Join(',', Enumerable.Range(0, Columns).Select(i => $"x{i}"))).Append(",c\n");
        for (var row = 0; row < 3_000; row++)
            table.AppendJoin(',', Enumerable.Range(0, Columns).Select(_ => random.Next(100))).Append(',').Append(random.Next(30)).Append('\n');
        return table.ToString();
    }
}
