namespace Serverless.Core.Uploads;

/// <summary>That something was written to a container of blobs. A hint: what is there now is looked up.</summary>
/// <param name="Container">The container.</param>
/// <param name="Path">The blob's name, unchecked.</param>
public sealed record UploadEvent(string Container, string Path);
