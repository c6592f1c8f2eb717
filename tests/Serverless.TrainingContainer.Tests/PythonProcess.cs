using System.Diagnostics;

namespace Serverless.TrainingContainer.Tests;

/// <summary>Runs a few lines of Python.</summary>
internal static class PythonProcess
{
    public static async Task<(int Code, string Output)> RunAsync(string python, string code, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", code, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
