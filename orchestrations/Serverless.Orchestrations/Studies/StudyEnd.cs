namespace Serverless.Orchestrations.Studies;

/// <summary>How a study is to end.</summary>
/// <param name="StudyId">The study.</param>
/// <param name="Failure">What went wrong after its last trial; null: nothing.</param>
/// <param name="Cure">What to do about it.</param>
/// <param name="Endpoint">The endpoint that took its model.</param>
internal sealed record StudyEnd(string StudyId, string? Failure, string? Cure, string? Endpoint)
{
    /// <summary>The run that is to end: a word that comes late ends no later one.</summary>
    public int Run { get; set; } = 1;

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
