namespace Serverless.Durable.Replay;

/// <summary>What the world has to do after a turn. The turn's events, actions and ending are stored in one transaction.</summary>
internal abstract record TurnAction(long Call)
{
    /// <summary>Run an activity, not before a time.</summary>
    internal sealed record RunActivity(long Call, int Attempt, string Name, string Input, DateTimeOffset Due) : TurnAction(Call);

    /// <summary>The activity's outcome is in the history: it need not be run any more.</summary>
    internal sealed record DropActivity(long Call) : TurnAction(Call);

    /// <summary>Say when a time has come.</summary>
    internal sealed record SetTimer(long Call, DateTimeOffset Due) : TurnAction(Call);

    /// <summary>The timer fired or was withdrawn.</summary>
    internal sealed record DropTimer(long Call) : TurnAction(Call);

    /// <summary>Start another workflow, or wait for the one that has this id.</summary>
    internal sealed record StartWorkflow(long Call, string Workflow, string InstanceId, string Input) : TurnAction(Call);
}
