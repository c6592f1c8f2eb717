using Serverless.Onnx.Recording;

namespace Serverless.Torch.Recording;

/// <summary>A recording as the bridge gave it.</summary>
/// <param name="Json">The graph.</param>
/// <param name="Blobs">The tensors that it names by number.</param>
internal sealed record RecordedRun(byte[] Json, IReadOnlyList<ReadOnlyMemory<byte>> Blobs)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="RecordingException">It is not whole.</exception>
    public RecordedGraph Read() =>
        RecordedGraphReader.Read(Json, Blobs, out var errors) ?? throw new RecordingException($"The recording is not whole: {string.Join("; ", errors.Take(8))}.");
}
