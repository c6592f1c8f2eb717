namespace Serverless.Torch.Children;

/// <summary>Says how a process ended.</summary>
internal static class ChildEnd
{
    private const int FirstSignal = 128;
    private const int Kill = 9;

    private static readonly Dictionary<int, string> Names = new()
    {
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [Kill] = "SIGKILL",
        [11] = "SIGSEGV",
        [15] = "SIGTERM",
    };

    /// <summary>The end in words.</summary>
    /// <param name="code">The exit code, 128 and the signal's number when a signal ended it; null: this program ended it because it took too long.</param>
    /// <param name="options">Its bounds.</param>
    public static string Words(int? code, ApartOptions options) => code switch
    {
        null => $"was ended, because it took longer than {options.Limit}",
        > FirstSignal and < FirstSignal + 65 when !OperatingSystem.IsWindows() => Signal(code.Value - FirstSignal),
        _ => FormattableString.Invariant($"ended with code {code}"),
    };

    private static string Signal(int signal) =>
        FormattableString.Invariant($"was ended by signal {signal}{(Names.TryGetValue(signal, out var name) ? $" ({name})" : "")}{(signal == Kill ? ", by hand or for lack of memory" : "")}");
}
