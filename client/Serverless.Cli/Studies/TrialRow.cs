using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies;

/// <summary>A trial as the table shows it.</summary>
/// <param name="Trial">The trial.</param>
internal sealed record TrialRow(StudyTrial Trial)
{
    /// <summary>Its value now, or at its end; null: it has none.</summary>
    public double? Value { get; init; }

    /// <summary>The last step that it reported.</summary>
    public long? Step { get; init; }

    /// <summary>How long its program runs, or ran.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>What it has cost.</summary>
    public decimal? Cost { get; init; }
}
