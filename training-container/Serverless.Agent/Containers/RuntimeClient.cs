using System.Text;
using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Output;
using Serverless.Agent.Starting;
using Serverless.Agent.Unix;

namespace Serverless.Agent.Containers;

/// <summary>
/// Runs commands of the container runtime's client, each bounded in time and in what is kept of its words. A client that outlives its limit is killed. Its processes are
/// known, so that whoever ends a job's processes leaves them alone (<see cref="Owns"/>).
/// </summary>
internal sealed class RuntimeClient(string path, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
{
    private const int MaxBytes = 4 << 20;
    private const int MaxLineBytes = 8 * 1024;
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private readonly HashSet<int> running = [];

    /// <summary>The client's program.</summary>
    public string Path => path;

    /// <summary>What the client is given of the agent's own variables.</summary>
    public IReadOnlyDictionary<string, string> Environment => environment;

    /// <summary>Whether a process is a command of ours that has not been waited for.</summary>
    public bool Owns(int process)
    {
        lock (gate)
            return running.Contains(process);
    }

    /// <summary>Runs one command to its end.</summary>
    /// <param name="arguments">What to do.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Kills it.</param>
    /// <param name="onLine">Told each line that it says, as it says it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the client is dead.</exception>
    /// <exception cref="IOException">It could not be started.</exception>
    public async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancel, Action<string>? onLine = null)
    {
        var (output, outputEnd) = Spawn.Pipe();
        var (error, errorEnd) = Spawn.Pipe();
        using (output)
        using (error)
        {
            int process;
            using (outputEnd)
            using (errorEnd)
                process = Start(arguments, outputEnd, errorEnd);
            try
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                using var timer = clock.CreateTimer(_ => over.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
                await using var killing = over.Token.Register(() => Libc.Kill(-process, Libc.SigKill));
                var exited = WaitAsync(process);
                var said = Task.WhenAll(ReadAsync(output, onLine), ReadAsync(error, onLine));
                var code = await exited;
                // A grandchild that holds the pipes must not hold us.
                await Task.WhenAny(said, Task.Delay(KillLimit, clock, CancellationToken.None));
                cancel.ThrowIfCancellationRequested();
                var texts = said.IsCompletedSuccessfully ? said.Result : ["", ""];
                return new CommandResult(over.IsCancellationRequested ? null : code, texts[0], texts[1]);
            }
            finally
            {
                lock (gate)
                    running.Remove(process);
            }
        }
    }

    private int Start(IReadOnlyList<string> arguments, SafeFileHandle output, SafeFileHandle error)
    {
        // Under the lock: nobody may meet the process before it is known to be ours.
        lock (gate)
        {
            var failure = Spawn.Start(new ProgramStart(path, arguments, environment, "/"), null, output, error, out var process);
            if (failure != 0)
                throw new IOException($"The container runtime '{path}' could not be started: the system's error is {failure}.");
            running.Add(process);
            return process;
        }
    }

    private static Task<int> WaitAsync(int process)
    {
        var exited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => exited.TrySetResult(Spawn.WaitFor(process).Code)) { IsBackground = true, Name = "container runtime" }.Start();
        return exited.Task;
    }

    private static Task<string> ReadAsync(SafeFileHandle pipe, Action<string>? onLine) => Task.Factory.StartNew(() =>
    {
        var kept = new MemoryStream();
        var splitter = new LineSplitter(MaxLineBytes, _ => { }, line => onLine?.Invoke(Encoding.UTF8.GetString(line)));
        var buffer = new byte[16 * 1024];
        try
        {
            using var stream = new FileStream(pipe, FileAccess.Read, bufferSize: 0);
            int count;
            while ((count = stream.Read(buffer)) > 0)
            {
                splitter.Accept(buffer.AsSpan(0, count));
                kept.Write(buffer, 0, (int)Math.Clamp(MaxBytes - kept.Length, 0, count));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // Closed under us after the client was killed.
        }

        splitter.End();
        return Encoding.UTF8.GetString(kept.GetBuffer().AsSpan(0, (int)kept.Length));
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
