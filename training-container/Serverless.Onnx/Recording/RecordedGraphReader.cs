using System.Text.Json;

namespace Serverless.Onnx.Recording;

/// <summary>
/// Reads the JSON of a recording (version 1; docs/mechanisms/torch-onnx.md has its form). Everything is held against the limits, and all that is wrong is told at once. A graph that
/// is given back is whole: each number is defined once and before its use, each tensor's data fills its shape.
/// </summary>
public static class RecordedGraphReader
{
    /// <summary>The version of the form that is read.</summary>
    public const int Version = 1;

    /// <summary>Reads a recording.</summary>
    /// <param name="json">The JSON, UTF-8.</param>
    /// <param name="blobs">The data of tensors, by the numbers that the JSON names: elements row by row, little-endian. They are not copied.</param>
    /// <param name="errors">What is wrong; empty when nothing is.</param>
    /// <param name="limits">What it may have at most.</param>
    /// <returns>The recording; null when something is wrong.</returns>
    public static RecordedGraph? Read(ReadOnlyMemory<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> blobs, out IReadOnlyList<RecordingError> errors, RecordingLimits? limits = null)
    {
        limits ??= new();
        var found = new RecordingErrors(limits);
        errors = found.All;
        if (json.Length > limits.MaxJsonBytes)
        {
            found.Add("recording", $"it has {json.Length} bytes; the limit is {limits.MaxJsonBytes}", "Record a smaller network, or raise the limit.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var graph = Graph(document.RootElement, blobs, found);
            errors = found.All;
            return errors.Count == 0 ? graph : null;
        }
        catch (JsonException wrong)
        {
            found.Add("recording", $"it is no JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}");
            return null;
        }
    }

    private static RecordedGraph Graph(JsonElement root, IReadOnlyList<ReadOnlyMemory<byte>> blobs, RecordingErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
            errors.Add("recording", $"it is {root.ValueKind}, not an object");
        else if (errors.Whole(root, "version", "recording") is { } version && version != Version)
            errors.Add("recording.version", $"it is {version}; this program reads {Version}", "Record with a bridge of the same version as this program.");
        var parts = new RecordedParts(errors, blobs);
        List<RecordedInput> inputs = [];
        List<RecordedNode> nodes = [];
        List<RecordedOutput> outputs = [];
        foreach (var (each, i) in errors.List(root, "inputs", "recording", errors.Limits.MaxInputs).Select((each, i) => (each, i)))
            if (parts.Input(each, $"inputs[{i}]") is { } input)
                inputs.Add(input);
        foreach (var (each, i) in errors.List(root, "nodes", "recording", errors.Limits.MaxNodes).Select((each, i) => (each, i)))
            if (parts.Node(each, $"nodes[{i}]") is { } node)
                nodes.Add(node);
        foreach (var (each, i) in errors.List(root, "outputs", "recording", errors.Limits.MaxOperands).Select((each, i) => (each, i)))
            if (parts.Output(each, $"outputs[{i}]") is { } output)
                outputs.Add(output);
        foreach (var name in inputs.Select(input => input.Name).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            errors.Add("inputs", $"the name '{name.Key}' is there {name.Count()} times", "Give each argument and parameter a name of its own.");
        return new() { TorchVersion = errors.Text(root, "torch", "recording", optional: true) ?? "", Inputs = inputs, Nodes = nodes, Outputs = outputs };
    }
}
