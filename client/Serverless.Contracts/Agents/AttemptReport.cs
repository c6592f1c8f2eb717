using Serverless.Contracts.Jobs;

namespace Serverless.Contracts.Agents;

/// <summary>What an agent reports of an attempt. The same report twice changes nothing: metric points carry their position, the phase only moves on.</summary>
public sealed record AttemptReport
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }

    /// <summary>The claim's epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>How far the attempt is.</summary>
    public required AttemptPhase Phase { get; init; }

    /// <summary>The position of the first of <see cref="Points"/> among all points of this attempt.</summary>
    public long FirstPoint { get; init; }

    /// <summary>Metric points, at most <see cref="AgentProtocol.MaxPoints"/>.</summary>
    public IReadOnlyList<MetricPoint> Points { get; set; } = [];

    /// <summary>What staging took; with the first report after it.</summary>
    public StagingReport? Staging { get; init; }

    /// <summary>The container image that runs, by digest; with the first report. Null for a process.</summary>
    public string? Image { get; init; }

    /// <summary>When the program started, by the agent's clock.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The program's end; with <see cref="AttemptPhase.Exited"/> only.</summary>
    public AttemptExit? Exit { get; init; }
}
