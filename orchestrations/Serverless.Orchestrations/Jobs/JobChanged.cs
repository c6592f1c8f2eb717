namespace Serverless.Orchestrations.Jobs;

/// <summary>What goes with <see cref="JobEvents.Changed"/>, for people who read a history; no decision is made on it.</summary>
/// <param name="What">What happened, such as <c>claimed</c>.</param>
/// <param name="Epoch">The attempt that it happened to.</param>
public sealed record JobChanged(string What, int Epoch);
