using System.Runtime.InteropServices;

namespace Serverless.Misbehaver;

/// <summary>Behaviour towards signals.</summary>
internal static class Signals
{
    public static async Task<int> HangAsync()
    {
        Console.WriteLine("hangs");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }

    public static async Task<int> IgnoreTerminateAsync()
    {
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Console.WriteLine("ignored SIGTERM");
        });
        return await HangAsync();
    }

    /// <summary>Saves a checkpoint on SIGTERM, then ends.</summary>
    public static async Task<int> CatchTerminateAsync(int code)
    {
        var asked = new TaskCompletionSource();
        using var caught = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            asked.TrySetResult();
        });
        Console.WriteLine("waits");
        await asked.Task;
        Checkpoints.Replace("state.txt", "saved on SIGTERM");
        Console.WriteLine("caught SIGTERM");
        return code;
    }

    public static async Task<int> KillSelfAsync(int signal)
    {
        Kill(Environment.ProcessId, signal);
        return await HangAsync();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
