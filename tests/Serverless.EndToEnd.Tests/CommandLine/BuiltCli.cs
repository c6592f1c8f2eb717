using System.Diagnostics;
using System.Text;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

/// <summary>The built command line as a process of its own, as a person or a script starts it.</summary>
internal sealed class BuiltCli : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder talk = new();

    private BuiltCli(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(talk, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Out => Read(output);

    public string Talk => Read(talk);

    /// <summary>Starts it, in a folder that has nothing to do with the repository.</summary>
    public static BuiltCli Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(PathOf("Serverless.Cli"), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in new[] { "SERVERLESS_URL", "SERVERLESS_KEY", "SERVERLESS_HOME" })
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new BuiltCli(Process.Start(start)!);
    }

    /// <summary>Where a built program is.</summary>
    public static string PathOf(string program)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Needs.RepositoryRoot(), "artifacts", "bin", program, configuration, OperatingSystem.IsWindows() ? program + ".exe" : program);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Out, string Talk)> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var cli = Start(folder, environment, arguments);
        var code = await cli.EndAsync();
        return (code, cli.Out, cli.Talk);
    }

    /// <summary>Its exit code, once it has ended and all that it wrote is here.</summary>
    public async Task<int> EndAsync()
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(150));
        await process.WaitForExitAsync(late.Token);
        return process.ExitCode;
    }

    /// <summary>What a terminal's Ctrl-C, or an administrator, sends.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Kills it and all that it started, as a power cut would: nobody gets to say anything.</summary>
    public async Task CutAsync()
    {
        if (process.HasExited)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
