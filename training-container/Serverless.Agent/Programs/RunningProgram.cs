using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Programs;

/// <summary>A program that was started, until all that came from it is gone.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly ProgramGuard guard;
    private readonly ProgramTree tree;
    private readonly TimeProvider clock;
    private readonly TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(int id, ProgramGuard guard, SafeFileHandle output, SafeFileHandle error, TimeProvider clock)
    {
        Id = id;
        this.guard = guard;
        this.clock = clock;
        tree = new ProgramTree(Environment.ProcessId, guard.Id);
        Output = output;
        Error = error;
        new Thread(WaitForExit) { IsBackground = true, Name = "program" }.Start();
    }

    /// <summary>The process; its group has the same number.</summary>
    public int Id { get; }

    /// <summary>The end of its stdout that we read.</summary>
    public SafeFileHandle Output { get; }

    /// <summary>The end of its stderr that we read.</summary>
    public SafeFileHandle Error { get; }

    /// <summary>Completes when the program itself (not all of its children) has ended.</summary>
    public Task Exited => exited.Task;

    /// <summary>Starts a program.</summary>
    /// <param name="start">What.</param>
    /// <param name="marker">A variable of its environment that no other attempt has.</param>
    /// <param name="clock">For the killing's pauses.</param>
    /// <param name="failure">The system's error number when it could not be started.</param>
    public static RunningProgram? TryStart(ProgramStart start, string marker, TimeProvider clock, out int failure)
    {
        var guard = ProgramGuard.Start(marker);
        var (output, outputEnd) = Spawn.Pipe();
        var (error, errorEnd) = Spawn.Pipe();
        int id;
        using (outputEnd)
        using (errorEnd)
            failure = Spawn.Start(start, null, outputEnd, errorEnd, out id);
        if (failure == 0)
        {
            guard.Watch(id);
            return new RunningProgram(id, guard, output, error, clock);
        }

        guard.Dispose();
        output.Dispose();
        error.Dispose();
        return null;
    }

    /// <summary>Asks the program and its group to end.</summary>
    public void Terminate() => Libc.Kill(-Id, Libc.SigTerm);

    /// <summary>The living processes that came from the program.</summary>
    public IReadOnlyList<int> Living() => tree.Living();

    /// <summary>Takes note of orphans that have ended.</summary>
    public void Reap() => tree.Reap(Id);

    /// <summary>Kills the program and all that came from it, and tells how the program ended.</summary>
    /// <returns>The end, and how many processes do not end.</returns>
    public async Task<(ProgramEnd End, int Left)> EndAsync()
    {
        var left = await tree.KillAsync(Id, Id, clock);
        await Exited;
        return (Collect(), left);
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        guard.Dispose();
    }

    private unsafe ProgramEnd Collect()
    {
        var status = 0;
        while (Libc.WaitPid(Id, &status, 0) < 0 && Marshal.GetLastPInvokeError() == 4)
        {
        }

        return ProgramEnd.FromStatus(status);
    }

    /// <summary>Waits without reaping: until <see cref="Collect"/> the number stays taken, so that killing the group can hit nobody else.</summary>
    private unsafe void WaitForExit()
    {
        var info = stackalloc byte[256];
        while (Libc.WaitId(Libc.WaitForProcess, Id, info, Libc.WaitExited | Libc.WaitNoReap) < 0
            && Marshal.GetLastPInvokeError() == 4)
        {
        }

        exited.TrySetResult(true);
    }
}
