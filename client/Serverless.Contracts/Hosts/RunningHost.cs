namespace Serverless.Contracts.Hosts;

/// <summary>What a local host writes to <c>run/host.json</c> in its data folder once it answers, and removes when it stops.</summary>
/// <param name="Url">Its address.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="StartedAt">When it started to answer.</param>
/// <param name="Version">The product's version.</param>
public sealed record RunningHost(string Url, int ProcessId, DateTimeOffset StartedAt, string Version);
