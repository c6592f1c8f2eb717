namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>Counts what is written anywhere, and crashes once, right after a chosen write.</summary>
internal sealed class CrashPoints
{
    /// <summary>After which write to crash, from 1; 0: never.</summary>
    public int At { get; set; }

    /// <summary>How many writes there were.</summary>
    public int Count { get; private set; }

    public void Pass()
    {
        if (++Count == At)
            throw new CrashException();
    }
}
