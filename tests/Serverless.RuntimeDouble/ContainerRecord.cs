namespace Serverless.RuntimeDouble;

/// <summary>A container of the double.</summary>
internal sealed record ContainerRecord(string Name, string Attempt, string Status, int Process, int ExitCode, bool KilledForMemory);
