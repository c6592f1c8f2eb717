using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Durable.Storage;

/// <summary>An instance to be started. Events that came for it before <paramref name="EventsSince"/> are dropped.</summary>
internal sealed record NewInstance(string Id, string Workflow, string Input, DateTimeOffset Now, DateTimeOffset EventsSince);

/// <summary>A running instance.</summary>
internal sealed record InstanceRow(long Key, string Id, string Workflow, string Input, int Length, long Calls, IReadOnlyList<EventCame> Carried);

/// <summary>Something that arrived and that no turn has taken.</summary>
internal sealed record InboxLine(long Line, ArrivedEvent Arrived);

/// <summary>A timer, or an activity that is to be run.</summary>
internal readonly record struct DueItem(long Key, long Call, bool IsActivity);

/// <summary>An activity that is to be run.</summary>
/// <param name="InstanceId">Whose call it is.</param>
/// <param name="Call">Which call.</param>
/// <param name="Attempt">Which attempt of it.</param>
/// <param name="Name">The activity.</param>
/// <param name="Input">Its input.</param>
/// <param name="Starts">Starts of this attempt that may have ended with their process; 0: none has, and starts are not counted.</param>
internal sealed record ActivityTask(string InstanceId, long Call, int Attempt, string Name, string Input, int Starts);

/// <summary>A turn to be stored.</summary>
/// <param name="Epoch">The lease that it is made under.</param>
/// <param name="Key">The instance.</param>
/// <param name="InstanceId">Its id.</param>
/// <param name="LengthBefore">The length of the history that the turn was made from.</param>
/// <param name="Turn">What came of it.</param>
/// <param name="Taken">The inbox lines that it took.</param>
/// <param name="Now">Its time.</param>
internal sealed record TurnCommit(long Epoch, long Key, string InstanceId, int LengthBefore, Turn Turn, IReadOnlyList<long> Taken, DateTimeOffset Now);

/// <summary>What became of a turn.</summary>
/// <param name="IsApplied">False: the instance has ended or moved on meanwhile; nothing was stored.</param>
/// <param name="Woken">Instances that were started or got something into their inbox.</param>
internal sealed record TurnOutcome(bool IsApplied, IReadOnlyList<long> Woken);

/// <summary>What became of a termination.</summary>
/// <param name="Ended">The instances that were ended, the asked one first; empty when it was not running.</param>
/// <param name="Woken">Instances that waited for them.</param>
internal sealed record EndOutcome(IReadOnlyList<string> Ended, IReadOnlyList<long> Woken);
