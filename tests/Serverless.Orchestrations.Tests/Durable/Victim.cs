using System.Diagnostics;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The program that kills itself.</summary>
internal static class Victim
{
    /// <summary>What the runtime gives for a process that ended by SIGKILL.</summary>
    public const int Killed = 128 + 9;

    /// <summary>Runs it to its end.</summary>
    public static async Task<int> RunAsync(params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var bin = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(bin.Parent!.Parent!.FullName, "Serverless.DurableVictim", bin.Name, "Serverless.DurableVictim.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode is 0 or Killed, $"The victim {string.Join(" ", arguments)} ended with {process.ExitCode}: {await errors}");
        return process.ExitCode;
    }
}
