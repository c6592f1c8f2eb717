namespace Serverless.Orchestrations.Studies;

/// <summary>What a step of the study workflow goes by: everything else stands in the study's record.</summary>
/// <param name="StudyId">The study.</param>
internal sealed record StudyStep(string StudyId)
{
    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
