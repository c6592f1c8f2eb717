namespace Serverless.Jobs.Hosting;

/// <summary>How a job's program ends.</summary>
public static class JobExit
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>It failed; the last lines on stderr say why.</summary>
    public const int Failure = 1;

    /// <summary>The arguments are wrong; every error has its line on stderr.</summary>
    public const int WrongArguments = 2;

    /// <summary>There is no such verb.</summary>
    public const int UnknownVerb = 64;

    /// <summary>Stopped by SIGTERM (128 + 15); the job goes on from its last checkpoint.</summary>
    public const int Stopped = 143;
}
