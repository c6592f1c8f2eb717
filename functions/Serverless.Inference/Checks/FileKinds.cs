namespace Serverless.Inference.Checks;

/// <summary>Recognises by their first bytes the files that people give for an ONNX model.</summary>
internal static class FileKinds
{
    /// <summary>What the file is when it is surely no ONNX model; null otherwise.</summary>
    public static string? Foreign(ReadOnlySpan<byte> file) => file switch
    {
        [0x80, >= 2 and <= 5, ..] => "a Python pickle, which runs code when it is opened",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive (PyTorch's own format is one)",
        [0x1f, 0x8b, ..] => "a gzip archive",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file (as Keras writes)",
        [(byte)'(', ..] or [(byte)'c', (byte)'_', ..] => "a Python pickle in the text protocol, which runs code when it is opened",
        [(byte)'{', ..] or [(byte)'[', ..] => "JSON",
        [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', (byte)'3', ..] => "a TensorFlow Lite model",
        _ => null,
    };
}
