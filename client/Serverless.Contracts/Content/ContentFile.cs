namespace Serverless.Contracts.Content;

/// <summary>One file, named by its content.</summary>
/// <param name="Path">Relative path with forward slashes, such as <c>src/train.py</c>; never absolute, never with <c>..</c>.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="SizeBytes">Length in bytes.</param>
public sealed record ContentFile(string Path, string Sha256, long SizeBytes);
