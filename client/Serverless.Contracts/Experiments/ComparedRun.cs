namespace Serverless.Contracts.Experiments;

/// <summary>A row of a comparison.</summary>
/// <param name="Kind">What the run is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Cells">One for each column: null where the run has nothing there. Numbers are written so that they read back exactly, times as ISO 8601 in UTC; an option that was repeated has its values with a comma and a space between.</param>
public sealed record ComparedRun(RunKind Kind, string Id, string Name, IReadOnlyList<string?> Cells)
{
    /// <summary>The study of a trial.</summary>
    public string? StudyId { get; init; }

    /// <summary>The number of a trial in its study; of a study that of its best trial.</summary>
    public int? Trial { get; init; }
}
