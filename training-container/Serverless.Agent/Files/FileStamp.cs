namespace Serverless.Agent.Files;

/// <summary>A file as a scan saw it. One that was written to since has another size or another time.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="SizeBytes">Length.</param>
/// <param name="ChangedTicks">Time of the last change.</param>
internal readonly record struct FileStamp(string Path, long SizeBytes, long ChangedTicks);
