namespace Serverless.Agent.Starting;

/// <summary>How a program ended.</summary>
/// <param name="Code">The exit code; 128 + the signal's number when a signal ended it.</param>
/// <param name="Signal">The signal that ended it; null when it exited by itself.</param>
internal readonly record struct ProgramEnd(int Code, int? Signal)
{
    /// <summary>From the status that the system gives.</summary>
    public static ProgramEnd FromStatus(int status) =>
        (status & 0x7f) == 0 ? new ProgramEnd((status >> 8) & 0xff, null) : new ProgramEnd(128 + (status & 0x7f), status & 0x7f);
}
