namespace Serverless.Contracts.Agents;

/// <summary>One input of a claimed job.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Path">Where the program finds it, relative to the job's folder.</param>
/// <param name="Files">Its files.</param>
public sealed record TicketInput(string Channel, string Path, IReadOnlyList<TicketFile> Files);
