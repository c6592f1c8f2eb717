namespace Serverless.Contracts.Studies;

/// <summary>A metric that is to become small or large.</summary>
public sealed record ObjectiveSpec
{
    /// <summary>The metric's name, as the job reports it.</summary>
    public required string Metric { get; init; }

    /// <summary>Which values are good. Default: small ones.</summary>
    public ObjectiveDirection Direction { get; set; } = ObjectiveDirection.Minimize;

    /// <summary>Which of a trial's reported values counts. Default: the last.</summary>
    public ObjectiveValue Value { get; set; } = ObjectiveValue.Last;

    /// <summary>With <see cref="ObjectiveValue.MeanOfLast"/>: of how many, 1 to 10,000.</summary>
    public int MeanOf { get; set; } = 1;
}
