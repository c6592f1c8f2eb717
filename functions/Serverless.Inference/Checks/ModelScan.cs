using System.Text;
using Serverless.Core.Endpoints;
using Serverless.Core.Names;

namespace Serverless.Inference.Checks;

/// <summary>
/// Looks through a model file before anything native sees it (message <c>ModelProto</c> of the published ONNX format): what it is, whether it is whole, whether it
/// refers to other files, how deep and large it is, which operators' domains it uses. Bounded in time by the file's size and in depth by a limit.
/// </summary>
internal sealed class ModelScan
{
    private static readonly HashSet<string> KnownDomains = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.training", "ai.onnx.preview.training"];
    private readonly ScanLimits limits;
    private readonly HashSet<string> ownDomains = [];
    private readonly HashSet<string> foreignDomains = [];
    private int nodes;
    private int tensors;
    private bool hasGraph;
    private ModelCheck? refused;

    private ModelScan(ScanLimits limits) => this.limits = limits;

    /// <summary>Looks through a file.</summary>
    /// <returns>Null when nothing speaks against loading it, else why not.</returns>
    public static ModelCheck? Refuse(ReadOnlySpan<byte> file, ScanLimits limits)
    {
        if (file.IsEmpty)
            return ModelCheck.Refused("The model file is empty.", "Let the program write the ONNX file before it ends.");
        if (FileKinds.Foreign(file) is { } kind)
            return ModelCheck.Refused($"The model file is {kind}, not an ONNX model. It was not opened.", "Export the model to ONNX, for example with torch.onnx.export, and name that file.");
        var scan = new ModelScan(limits);
        scan.Model(file);
        return scan.refused ?? scan.Conclude();
    }

    private void Model(ReadOnlySpan<byte> message)
    {
        var cursor = new ProtobufCursor(message);
        while (refused is null && cursor.Next())
        {
            switch (cursor.Field)
            {
                case 7 when cursor.IsBytes:
                    hasGraph = true;
                    Graph(cursor.Bytes, 1);
                    break;
                case 20 when cursor.IsBytes:
                    Refuse("The model has a training graph.", "Export it for inference.");
                    break;
                case 25 when cursor.IsBytes:
                    Function(cursor.Bytes);
                    break;
            }
        }

        if (cursor.Broken)
            Refuse("The model file is cut off or is no ONNX model: its protobuf structure is broken.", "Upload the file again, whole; check it with onnx.checker.");
    }

    private void Graph(ReadOnlySpan<byte> message, int depth)
    {
        if (depth > limits.Depth)
        {
            Refuse($"The model has graphs nested more than {limits.Depth} deep.", "Flatten the nested If, Loop and Scan operators.");
            return;
        }

        var ports = 0;
        var cursor = new ProtobufCursor(message);
        while (refused is null && cursor.Next())
        {
            switch (cursor.Field)
            {
                case 1 when cursor.IsBytes:
                    Node(cursor.Bytes, depth);
                    break;
                case 5 when cursor.IsBytes:
                    Tensor(cursor.Bytes);
                    break;
                case 11 or 12 when ++ports > limits.Ports:
                    Refuse($"The model has more than {limits.Ports} inputs and outputs.", "Put columns together into one tensor.");
                    break;
                case 15 when cursor.IsBytes:
                    Sparse(cursor.Bytes);
                    break;
            }
        }

        RefuseBroken(cursor);
    }

    private void Node(ReadOnlySpan<byte> message, int depth)
    {
        if (++nodes > limits.Nodes)
        {
            Refuse($"The model has more than {limits.Nodes} operators.", "Simplify the graph before exporting it.");
            return;
        }

        var cursor = new ProtobufCursor(message);
        while (refused is null && cursor.Next())
        {
            if (cursor is { Field: 5, IsBytes: true })
                Attribute(cursor.Bytes, depth);
            else if (cursor is { Field: 7, IsBytes: true })
                Use(cursor.Bytes);
        }

        RefuseBroken(cursor);
    }

    private void Attribute(ReadOnlySpan<byte> message, int depth)
    {
        var cursor = new ProtobufCursor(message);
        while (refused is null && cursor.Next())
        {
            switch (cursor.Field)
            {
                case 5 or 10 when cursor.IsBytes:
                    Tensor(cursor.Bytes);
                    break;
                case 6 or 11 when cursor.IsBytes:
                    Graph(cursor.Bytes, depth + 1);
                    break;
                case 22 or 23 when cursor.IsBytes:
                    Sparse(cursor.Bytes);
                    break;
            }
        }

        RefuseBroken(cursor);
    }

    private void Function(ReadOnlySpan<byte> message)
    {
        var cursor = new ProtobufCursor(message);
        while (refused is null && cursor.Next())
        {
            switch (cursor.Field)
            {
                case 7 when cursor.IsBytes:
                    Node(cursor.Bytes, 1);
                    break;
                case 10 when cursor.IsBytes:
                    ownDomains.Add(Encoding.UTF8.GetString(cursor.Bytes));
                    break;
                case 11 when cursor.IsBytes:
                    Attribute(cursor.Bytes, 1);
                    break;
            }
        }

        RefuseBroken(cursor);
    }

    private void Sparse(ReadOnlySpan<byte> message)
    {
        var cursor = new ProtobufCursor(message);
        while (refused is null && cursor.Next())
        {
            if (cursor is { Field: 1 or 2, IsBytes: true })
                Tensor(cursor.Bytes);
        }

        RefuseBroken(cursor);
    }

    private void Tensor(ReadOnlySpan<byte> message)
    {
        if (++tensors > limits.Tensors)
        {
            Refuse($"The model has more than {limits.Tensors} constants.", "Simplify the graph before exporting it.");
            return;
        }

        var tensor = TensorScan.Read(message);
        if (tensor.IsExternal)
            Refuse($"The model's constant {Quote(tensor.Name)} lies in another file. Models with external data are not served.", "Save the model as one file (onnx.save without save_as_external_data).");
        else if (tensor.Fault is { } fault)
            Refuse($"The model's constant {Quote(tensor.Name)} {fault}.", "Export the model again.");
    }

    private void Use(ReadOnlySpan<byte> domain)
    {
        var name = Encoding.UTF8.GetString(domain[..Math.Min(domain.Length, 256)]);
        if (!KnownDomains.Contains(name) && foreignDomains.Count < 16)
            foreignDomains.Add(name);
    }

    private ModelCheck? Conclude()
    {
        if (!hasGraph)
            return ModelCheck.Refused("The model file has no graph: it is no ONNX model.", "Upload an ONNX file.");
        var unknown = foreignDomains.Where(domain => !ownDomains.Contains(domain)).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? null
            : ModelCheck.Refused(
                $"The model uses operators of the domain {string.Join(", ", unknown.Select(domain => Shown.Quote(domain)))}, which is not served.",
                "Use operators of ONNX (ai.onnx), ONNX-ML (ai.onnx.ml) or com.microsoft; custom operator libraries are not loaded.");
    }

    private void RefuseBroken(ProtobufCursor cursor)
    {
        if (cursor.Broken)
            Refuse("The model file's protobuf structure is broken inside its graph.", "Export and upload the model again; check it with onnx.checker.");
    }

    private void Refuse(string message, string cure) => refused ??= ModelCheck.Refused(message, cure);

    private static string Quote(ReadOnlySpan<byte> name) => Shown.Quote(Encoding.UTF8.GetString(name[..Math.Min(name.Length, 256)]));
}
