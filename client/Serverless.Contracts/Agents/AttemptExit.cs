using Serverless.Contracts.Jobs;

namespace Serverless.Contracts.Agents;

/// <summary>How an attempt ended.</summary>
public sealed record AttemptExit
{
    /// <summary>Why. <see cref="JobReason.Completed"/> for exit code 0.</summary>
    public required JobReason Reason { get; init; }

    /// <summary>The exit code; 128 + n for a program that ended by signal n; null when it never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What happened, with values and limits.</summary>
    public string? Message { get; init; }

    /// <summary>The last lines of stdout and stderr together, at most <see cref="AgentProtocol.LogTailLines"/>.</summary>
    public IReadOnlyList<string> LogTail { get; set; } = [];

    /// <summary>Bytes of output that were dropped because the log reached its limit.</summary>
    public long LogBytesDropped { get; init; }

    /// <summary>When the program ended, by the agent's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
