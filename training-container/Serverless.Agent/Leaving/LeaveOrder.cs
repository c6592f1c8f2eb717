namespace Serverless.Agent.Leaving;

/// <summary>Whether this node is to leave, and why: somebody asked the agent (SIGTERM), or the machine is taken away.</summary>
internal sealed class LeaveOrder : IDisposable
{
    private readonly CancellationTokenSource given = new();

    /// <summary>Cancelled when the node is to leave.</summary>
    public CancellationToken Token => given.Token;

    /// <summary>The machine's end, if that is why.</summary>
    public LeaveNotice? Notice { get; private set; }

    /// <summary>Gives the order. The first notice stays.</summary>
    public void Give(LeaveNotice? notice = null)
    {
        Notice ??= notice;
        given.Cancel();
    }

    /// <summary>How long a program may take from SIGTERM on.</summary>
    public TimeSpan Grace(TimeSpan asked, DateTimeOffset now) => Notice?.Grace(asked, now) ?? asked;

    public void Dispose() => given.Dispose();
}
