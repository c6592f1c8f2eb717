namespace Serverless.Algorithms.Exits;

/// <summary>How an algorithm's program ends.</summary>
internal static class ProgramExit
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The data, or the machine, does not allow it; the last line on stderr says why.</summary>
    public const int Failure = 1;

    /// <summary>The arguments are wrong; every error has its line on stderr.</summary>
    public const int WrongArguments = 2;

    /// <summary>Stopped by SIGTERM, with a checkpoint to go on from.</summary>
    public const int Stopped = 143;
}
