namespace Serverless.Orchestrations.Studies;

/// <summary>What the study workflow goes by.</summary>
/// <param name="StudyId">The study.</param>
public sealed record StudyInput(string StudyId)
{
    /// <summary>Which run of it the workflow drives.</summary>
    public int Run { get; set; } = 1;

    /// <summary>How the study was last seen, when the workflow goes on from an earlier run's end; null at its beginning.</summary>
    public StudySeen? Seen { get; init; }

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
