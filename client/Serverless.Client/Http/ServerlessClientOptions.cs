namespace Serverless.Client.Http;

/// <summary>How a client speaks to its host.</summary>
public sealed record ServerlessClientOptions
{
    /// <summary>The host's address.</summary>
    public required Uri Address { get; init; }

    /// <summary>The API key, sent as a bearer token; null: none is sent.</summary>
    public string? Key { get; init; }

    /// <summary>How often a request is sent in all when that is safe (it changes nothing, may be repeated, or was refused for the moment), 1 to 10. Default: 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The wait after the first failed attempt; it doubles with each. Default: 100 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts, also when the host asks for a longer one. Default: 5 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt may take until its answer begins; uploads have no such limit. Default: 100 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The clock of waits and time-outs. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What sends requests, for tests and proxies; it stays the caller's. Default: one of the client's own.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
