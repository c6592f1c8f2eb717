using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Replay;

/// <summary>How a run ended.</summary>
internal abstract record TurnEnding
{
    internal sealed record Completed(string Output) : TurnEnding;

    internal sealed record Failed(WorkflowFailure Failure) : TurnEnding;

    /// <summary>The instance goes on with an empty history.</summary>
    /// <param name="Input">The next run's input.</param>
    /// <param name="Calls">Calls made so far: the next run's numbers follow.</param>
    /// <param name="Untaken">Events that the next run finds.</param>
    internal sealed record ContinuedAsNew(string Input, long Calls, IReadOnlyList<EventCame> Untaken) : TurnEnding;
}
