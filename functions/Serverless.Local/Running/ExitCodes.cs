namespace Serverless.Local.Running;

/// <summary>What the process's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>It was asked to stop and did.</summary>
    public const int Stopped = 0;

    /// <summary>It failed; the log says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another host has the data folder.</summary>
    public const int Taken = 3;

    /// <summary>The address cannot be listened on.</summary>
    public const int NoAddress = 4;
}
