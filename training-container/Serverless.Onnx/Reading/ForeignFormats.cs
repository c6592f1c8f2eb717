using System.Buffers.Binary;
using Serverless.Onnx.Findings;

namespace Serverless.Onnx.Reading;

/// <summary>Recognizes files of other formats by their first bytes, so that a person learns what they uploaded. None of them is ever opened: to unpickle is to run code.</summary>
internal static class ForeignFormats
{
    private const string Export = "Export it as ONNX where it was trained, for example with torch.onnx.export or skl2onnx.";

    public static OnnxFinding? Recognize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return new(OnnxFindingCode.Empty, "model", "the file is empty", "Write the model to the end before the job ends.");
        var (what, cure) = Name(bytes);
        return what is null ? null : new(OnnxFindingCode.ForeignFormat, "model", $"the file is {what}, not an ONNX model; it was not opened", cure);
    }

    private static (string? What, string Cure) Name(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x80, >= 2 and <= 5, ..] => ("a Python pickle", Export),
        _ when IsOldPickle(bytes) => ("a Python pickle", Export),
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => ("a zip archive, as torch.save writes it (with a pickle inside)", Export),
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => ("an HDF5 file, as Keras writes it", "Export it as ONNX where it was trained, for example with tf2onnx."),
        [0x1f, 0x8b, ..] => ("compressed with gzip", "Decompress it first."),
        [(byte)'{' or (byte)'[' or (byte)'<', >= (byte)' ' or (byte)'\n' or (byte)'\r', ..] => ("text (JSON, XML or HTML)", "Give the model file itself."),
        _ when IsSafetensors(bytes) => ("a safetensors file: weights without a graph", Export),
        _ => (null, ""),
    };

    /// <summary>Pickles of protocol 0 and 1 begin with a global, a list or a mark, and end with a full stop.</summary>
    private static bool IsOldPickle(ReadOnlySpan<byte> bytes) =>
        bytes[^1] == '.' && (bytes.StartsWith("c__"u8) || bytes.StartsWith("cbuiltins\n"u8) || bytes.StartsWith("cposix\n"u8) || bytes.StartsWith("cos\n"u8)
            || bytes.StartsWith("(lp"u8) || bytes.StartsWith("(dp"u8) || bytes.StartsWith("ccopy_reg\n"u8) || bytes.StartsWith("ccollections\n"u8) || bytes is [(byte)']' or (byte)'}', (byte)'q', ..]);

    private static bool IsSafetensors(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 9 && bytes[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(bytes) <= (ulong)bytes.Length;
}
