namespace Serverless.Core.Doorbells;

/// <summary>A ring that was put aside.</summary>
/// <param name="Id">What it was about.</param>
/// <param name="Reason">Why the last answer failed.</param>
/// <param name="At">When it was put aside.</param>
public sealed record DeadRing(string Id, string Reason, DateTimeOffset At);
