namespace Serverless.Infra.Local.Unix;

/// <summary>One process as Linux's <c>/proc/PID/stat</c> has it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Session">Its session: the number of the process that began the session.</param>
/// <param name="State">Z: a zombie, X: dead.</param>
/// <param name="StartTicks">When it began, in clock ticks since the boot.</param>
internal readonly record struct ProcessEntry(int Id, int Parent, int Session, char State, ulong StartTicks)
{
    /// <summary>Whether it still runs; a zombie only waits to be counted.</summary>
    public bool IsAlive => State is not ('Z' or 'X');
}
