using System.Diagnostics.CodeAnalysis;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Reading;

/// <summary>Reads models from ONNX's protobuf form. Tensors are slices of the bytes given: keep these unchanged while the model is used.</summary>
public static class ModelReader
{
    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="limits">What it may have at most.</param>
    /// <param name="model">The model.</param>
    /// <param name="finding">Why it is none.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, ReadLimits limits, [NotNullWhen(true)] out OnnxModel? model, [NotNullWhen(false)] out OnnxFinding? finding)
    {
        (model, finding) = (null, ForeignFormats.Recognize(bytes.Span));
        if (finding is null && bytes.Length > limits.MaxBytes)
            finding = new(OnnxFindingCode.TooLarge, "model", $"the file has {bytes.Length} bytes; the limit is {limits.MaxBytes}", "Use fewer or smaller weights, or raise the limit.");
        if (finding is not null)
            return false;
        try
        {
            model = new MessageReader(new ReadBudget(limits)).Model(bytes);
            return true;
        }
        catch (MalformedModelException malformed)
        {
            finding = malformed.Finding;
            return false;
        }
    }

    /// <summary>Reads a model that is known to be good.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> bytes, ReadLimits? limits = null) =>
        TryRead(bytes, limits ?? new(), out var model, out var finding) ? model : throw new InvalidDataException(finding.ToString());
}
