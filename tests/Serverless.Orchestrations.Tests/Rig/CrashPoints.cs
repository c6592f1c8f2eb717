namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>Counts what is written anywhere, and crashes once, right after a chosen write.</summary>
internal sealed class CrashPoints
{
    /// <summary>After which write to crash, from 1; 0: never.</summary>
    public int At { get; set; }

    /// <summary>How many writes there were.</summary>
    public int Count { get; private set; }

    /// <summary>Done once, before a document of this kind is written: somebody comes between.</summary>
    public (string Kind, Func<Task> Act)? Between { get; set; }

    public async Task BeforeAsync(string kind)
    {
        if (Between is not { } between || between.Kind != kind)
            return;
        Between = null;
        await between.Act();
    }

    public void Pass()
    {
        if (++Count == At)
            throw new CrashException();
    }
}
