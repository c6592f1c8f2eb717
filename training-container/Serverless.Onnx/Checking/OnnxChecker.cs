using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Reading;

namespace Serverless.Onnx.Checking;

/// <summary>
/// Checks models before they are written, taken in or loaded: form, names, order, data, operators, and types and shapes as far as they can be followed. It finds all that
/// is wrong at once. What passes here can still be refused by a runtime that lacks an operator; so a new model is also loaded on trial, in a process of its own.
/// </summary>
public static class OnnxChecker
{
    /// <summary>Checks a file's bytes.</summary>
    /// <returns>Everything that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<OnnxFinding> Check(ReadOnlyMemory<byte> bytes, CheckOptions? options = null)
    {
        options ??= new();
        return ModelReader.TryRead(bytes, options.Limits, out var model, out var finding) ? Check(model, options) : [finding];
    }

    /// <summary>Checks a file. It is read to its end, or to one byte beyond the limit.</summary>
    /// <returns>Everything that is wrong; empty when nothing is.</returns>
    public static async Task<IReadOnlyList<OnnxFinding>> CheckAsync(Stream stream, CheckOptions? options, CancellationToken cancel)
    {
        options ??= new();
        using var buffer = new MemoryStream();
        var chunk = new byte[1 << 20];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancel)) > 0)
        {
            if (buffer.Length + read > options.Limits.MaxBytes)
                return [new(OnnxFindingCode.TooLarge, "model", $"the file has more than {options.Limits.MaxBytes} bytes", "Use fewer or smaller weights, or raise the limit.")];
            buffer.Write(chunk, 0, read);
        }

        return Check(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), options);
    }

    /// <summary>Checks a model.</summary>
    /// <returns>Everything that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<OnnxFinding> Check(OnnxModel model, CheckOptions? options = null)
    {
        options ??= new();
        var findings = new FindingList(options.MaxFindings);
        VersionRules.Check(model, options, findings);
        var operators = new OperatorLookup(model, options);
        var tensors = new TensorRules(options, findings);
        for (var i = 0; i < model.Functions.Count; i++)
        {
            var function = model.Functions[i];
            var body = new OnnxGraph
            {
                Name = function.Name,
                Nodes = function.Nodes,
                Inputs = [.. function.Inputs.Select(input => new OnnxValue(input, null))],
                Outputs = [.. function.Outputs.Select(output => new OnnxValue(output, null))],
            };
            new GraphCheck(body, $"functions[{i}]", null, operators.For(function), tensors, options, findings, GraphRole.Function).Run();
        }

        new GraphCheck(model.Graph, "graph", null, operators, tensors, options, findings, GraphRole.Main).Run();
        return findings.All;
    }
}
