using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Containers;
using Serverless.Agent.Starting;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Programs;

/// <summary>A program that was started, until all that came from it is gone.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly ProgramGuard guard;
    private readonly ProgramTree tree;
    private readonly TimeProvider clock;
    private readonly TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(int id, ProgramGuard guard, JobContainer? container, SafeFileHandle output, SafeFileHandle error, TimeProvider clock)
    {
        Id = id;
        this.guard = guard;
        this.clock = clock;
        Container = container;
        tree = new ProgramTree(Environment.ProcessId, process => process == guard.Id || container?.Client.Owns(process) == true);
        Output = output;
        Error = error;
        new Thread(WaitForExit) { IsBackground = true, Name = "program" }.Start();
    }

    /// <summary>The process; its group has the same number.</summary>
    public int Id { get; }

    /// <summary>The container that the program runs in; then the process is that of the runtime's client. Null: the program is a process of this machine.</summary>
    public JobContainer? Container { get; }

    /// <summary>The end of its stdout that we read.</summary>
    public SafeFileHandle Output { get; }

    /// <summary>The end of its stderr that we read.</summary>
    public SafeFileHandle Error { get; }

    /// <summary>Completes when the program itself (not all of its children) has ended.</summary>
    public Task Exited => exited.Task;

    /// <summary>Starts a program.</summary>
    /// <param name="start">What.</param>
    /// <param name="marker">A variable of its environment that no other attempt has.</param>
    /// <param name="container">The container that it makes and waits for; null: it makes none.</param>
    /// <param name="clock">For the killing's pauses.</param>
    /// <param name="failure">The system's error number when it could not be started.</param>
    public static RunningProgram? TryStart(ProgramStart start, string marker, JobContainer? container, TimeProvider clock, out int failure)
    {
        var guard = ProgramGuard.Start(marker, container);
        var (output, outputEnd) = Spawn.Pipe();
        var (error, errorEnd) = Spawn.Pipe();
        int id;
        using (outputEnd)
        using (errorEnd)
            failure = Spawn.Start(start, null, outputEnd, errorEnd, out id);
        if (failure == 0)
        {
            guard.Watch(id);
            return new RunningProgram(id, guard, container, output, error, clock);
        }

        guard.Dispose();
        output.Dispose();
        error.Dispose();
        return null;
    }

    /// <summary>Asks the program and its group to end. A runtime's client passes the signal on to its container.</summary>
    public void Terminate() => Libc.Kill(-Id, Libc.SigTerm);

    /// <summary>The living processes that came from the program.</summary>
    public IReadOnlyList<int> Living() => Container is { Process: > 0 and var root } ? [.. tree.Living(), .. ProgramTree.Below(root)] : tree.Living();

    /// <summary>Takes note of orphans that have ended.</summary>
    public void Reap() => tree.Reap(Id);

    /// <summary>Kills the program and all that came from it, removes its container, and tells how the program ended.</summary>
    /// <returns>The end, the container's last state (null: there is none), and how many processes do not end.</returns>
    public async Task<(ProgramEnd End, ContainerState? State, int Left)> EndAsync()
    {
        var state = Container is null ? null : await Container.EndAsync(Exited);
        var left = await tree.KillAsync(Id, Id, clock);
        await Exited;
        return (Spawn.WaitFor(Id), state, left);
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        guard.Dispose();
    }

    /// <summary>Waits without reaping: until <see cref="EndAsync"/> the number stays taken, so that killing the group can hit nobody else.</summary>
    private unsafe void WaitForExit()
    {
        var info = stackalloc byte[256];
        while (Libc.WaitId(Libc.WaitForProcess, Id, info, Libc.WaitExited | Libc.WaitNoReap) < 0
            && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }

        exited.TrySetResult(true);
    }
}
