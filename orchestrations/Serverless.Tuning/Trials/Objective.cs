namespace Serverless.Tuning.Trials;

/// <summary>What a study wants more or less of.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Direction">Which values are good.</param>
public sealed record Objective(string Name, Direction Direction = Direction.Minimize)
{
    /// <summary>Which reported value counts when a trial's end brings none.</summary>
    public FinalValue Final { get; init; } = FinalValue.Last;

    /// <summary>How many values <see cref="FinalValue.MeanOfLast"/> is the mean of, or as many as there are.</summary>
    public int MeanOf { get; init; } = 1;

    /// <summary>The value so that less is better.</summary>
    public double Loss(double value) => Direction == Direction.Maximize ? -value : value;
}
