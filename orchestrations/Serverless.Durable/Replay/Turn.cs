using Serverless.Durable.Histories;

namespace Serverless.Durable.Replay;

/// <summary>What came of a turn.</summary>
internal sealed record Turn
{
    /// <summary>To be appended to the history, in this order.</summary>
    public required IReadOnlyList<HistoryEvent> Events { get; init; }

    /// <summary>To be done.</summary>
    public required IReadOnlyList<TurnAction> Actions { get; init; }

    /// <summary>Null while the instance goes on.</summary>
    public required TurnEnding? Ending { get; init; }

    /// <summary>The custom status, when the turn set it.</summary>
    public required string? CustomStatus { get; init; }

    /// <summary>Events that came and wait to be taken.</summary>
    public required int Untaken { get; init; }
}
