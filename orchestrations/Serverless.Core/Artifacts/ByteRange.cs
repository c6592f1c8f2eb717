namespace Serverless.Core.Artifacts;

/// <summary>Some bytes of an artifact.</summary>
/// <param name="Offset">The first byte, from 0.</param>
/// <param name="Length">How many; null: to the end.</param>
public readonly record struct ByteRange(long Offset, long? Length = null);
