using Serverless.Contracts.Wire;

namespace Serverless.Api.Routing;

/// <summary>The bounds of bodies and times.</summary>
public static class RouteLimits
{
    /// <summary>A small JSON body: 64 KiB.</summary>
    public const long SmallBytes = 64 * 1024;

    /// <summary>A JSON body that lists files: 4 MiB holds 10,000 files with paths of 300 characters.</summary>
    public const long ListBytes = 4 * 1024 * 1024;

    /// <summary>The body of a prediction: 64 MiB.</summary>
    public const long PredictBytes = 64L * 1024 * 1024;

    /// <summary>One file: 64 GiB, what a store takes at most.</summary>
    public const long FileBytes = 64L << 30;

    /// <summary>Most bytes of one attempt's log: 1 GiB. An agent drops output long before.</summary>
    public const long LogBytes = 1L << 30;

    /// <summary>A call that looks something up or changes it: 30 s.</summary>
    public static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(30);

    /// <summary>A call that may wait for news: the longest wait, and as much again as any other call.</summary>
    public static readonly TimeSpan WaitTimeOut = TimeSpan.FromSeconds(ApiNames.MaxWaitSeconds) + TimeOut;
}
