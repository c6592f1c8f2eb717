using Microsoft.Win32.SafeHandles;
using Serverless.Agent.Metrics;

namespace Serverless.Agent.Output;

/// <summary>
/// Reads what a program says on stdout and stderr as fast as it says it, whatever becomes of it: into the spool, the tail, and the metrics. Secrets that the
/// program was given are blotted out before any of them.
/// </summary>
internal sealed class ProgramOutput(LogSpool spool, MetricLines metrics, SecretMask mask)
{
    private const int LineLimit = 8 * 1024;
    private const int ReadBytes = 64 * 1024;

    private readonly Lock gate = new();
    private readonly LogTail tail = new();

    /// <summary>The last lines.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (gate)
                return tail.Read();
        }
    }

    /// <summary>Reads one stream to its end, on a thread of its own: a pipe has no asynchronous reads.</summary>
    public Task ReadAsync(SafeFileHandle pipe)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            ReadToEnd(pipe);
            ended.TrySetResult();
        })
        { IsBackground = true, Name = "output" }.Start();
        return ended.Task;
    }

    private void ReadToEnd(SafeFileHandle pipe)
    {
        var splitter = new LineSplitter(LineLimit, metrics.Accept, AddToTail);
        var masked = mask.Open(bytes =>
        {
            spool.Append(bytes);
            splitter.Accept(bytes);
        });
        var buffer = new byte[ReadBytes];
        try
        {
            using var stream = new FileStream(pipe, FileAccess.Read, bufferSize: 0);
            int count;
            while ((count = stream.Read(buffer)) > 0)
                masked.Accept(buffer.AsSpan(0, count));
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // Closed under us after the process tree was killed and a process that cannot be killed held the pipe.
        }

        masked.End();
        splitter.End();
    }

    private void AddToTail(ReadOnlySpan<byte> line)
    {
        lock (gate)
            tail.Add(line);
    }
}
