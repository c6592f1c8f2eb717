namespace Serverless.Tuning.Trials;

/// <summary>What whoever ran a trial says of its end. The search takes no notice of it; those who look at the study do.</summary>
/// <param name="Seconds">When it ended, in seconds since the study began.</param>
/// <param name="RanSeconds">How long its program ran, in seconds; null: it never did.</param>
/// <param name="Cost">What it cost.</param>
public sealed record TrialEnding(double Seconds, double? RanSeconds, decimal Cost);
