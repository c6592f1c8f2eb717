namespace Serverless.Contracts.Studies.Findings;

/// <summary>What is needed to draw a study's trials as lines across its parameters and objectives, or one parameter against an objective.</summary>
public sealed record ParallelCoordinates
{
    /// <summary>The axes: the parameters in the order of the space without those that have one value, then the objectives.</summary>
    public required IReadOnlyList<ParallelAxis> Axes { get; init; }

    /// <summary>The trials, by number.</summary>
    public required IReadOnlyList<ParallelLine> Lines { get; init; }

    /// <summary>How many trials are complete or pruned. When they are more than were asked for: the better half of the lines are the best by the first objective, the others an even pick of the rest.</summary>
    public required int Trials { get; init; }
}
