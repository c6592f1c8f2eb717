using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Retries;

/// <summary>How steps are tried: long enough that a store or provider that is away for a quarter of an hour costs no job.</summary>
internal static class Steady
{
    public static readonly RetryPolicy Retry = new()
    {
        MaxAttempts = 25,
        First = TimeSpan.FromMilliseconds(200),
        Factor = 2,
        Longest = TimeSpan.FromMinutes(1),
    };
}
