namespace Serverless.Orchestrations.Training;

/// <summary>How an activity saw the job, and what is next.</summary>
/// <param name="Next">What is next.</param>
/// <param name="Wait">For <see cref="NextStep.Wait"/>: how long, unless something happens before.</param>
/// <param name="Suspect">The claim that was found run out, and may still be renewed.</param>
/// <param name="RungEpoch">The epoch for which the pool was last asked for a node; −1: for none.</param>
public sealed record JobSeen(NextStep Next, TimeSpan Wait, string? Suspect, int RungEpoch)
{
    /// <summary>Nobody has looked at the job yet.</summary>
    public static JobSeen Never { get; } = new(NextStep.Wait, TimeSpan.Zero, null, -1);
}
