namespace Serverless.Core.Doorbells.Brokers;

/// <summary>A message that was put aside.</summary>
/// <param name="Id">What it was about.</param>
/// <param name="Reason">The reason that was given; null when the broker put it aside because it was lent too often.</param>
/// <param name="At">When.</param>
/// <param name="Sequence">Its number in the broker's order.</param>
public sealed record DeadMessage(string Id, string? Reason, DateTimeOffset At, long Sequence);
