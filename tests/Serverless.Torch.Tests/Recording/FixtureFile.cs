using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;
using Serverless.Torch.Exporting;
using Serverless.Torch.Recording;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Recording;

/// <summary>A module's recordings in the form that the core tests read: the runs, inputs of other sizes, and what the module gave for them.</summary>
internal sealed class FixtureFile(nn.Module module, IReadOnlyList<Tensor> examples, OnnxExportOptions options)
{
    private readonly List<byte[]> blobs = [];

    public void Write(string path)
    {
        var call = ModuleCalls.Of(module, examples.Count);
        var inputs = new ExportInputs(options.InputNames ?? ModuleCalls.InputNames(module, examples.Count), examples, options);
        using var mode = new EvaluationMode(module);
        var recorder = new ModuleRecorder(Bridge.TorchBridge.Shared.Api!, module, call, CPU);
        var recordings = new JsonArray([.. inputs.Plan.Recordings.Select(run => Renumbered(recorder.Take(inputs.Of(run), run.Shown, Names)))]);
        var tests = new JsonArray([.. inputs.Plan.Comparisons.Select(run => Test(call, inputs.Of(run)))]);
        var file = new JsonObject
        {
            ["axes"] = new JsonObject(inputs.Axes.ByInput.Select(input => KeyValuePair.Create<string, JsonNode?>(input.Key, new JsonObject(input.Value.Select(axis => KeyValuePair.Create<string, JsonNode?>($"{axis.Key}", axis.Value)))))),
            ["blobs"] = new JsonArray([.. blobs.Select(blob => JsonValue.Create(Convert.ToBase64String(blob)))]),
            ["recordings"] = recordings,
            ["tests"] = tests,
            ["tolerance"] = 1e-5,
        };
        using var packed = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        using var writer = new Utf8JsonWriter(packed);
        file.WriteTo(writer);
    }

    private IReadOnlyList<string> Names(int count) => options.OutputNames ?? (count == 1 ? ["output"] : [.. Enumerable.Range(0, count).Select(i => $"output_{i}")]);

    private JsonNode? Renumbered(RecordedRun run)
    {
        var root = JsonNode.Parse(run.Json)!;
        foreach (var input in root["inputs"]!.AsArray().Where(input => input!["blob"] is not null))
            input!["blob"] = Keep(run.Blobs[(int)input["blob"]!]);
        foreach (var tensor in root["nodes"]!.AsArray().Select(node => node!["value"]?["tensor"]).Where(tensor => tensor is not null))
            tensor!["blob"] = Keep(run.Blobs[(int)tensor["blob"]!]);
        return root;
    }

    private int Keep(ReadOnlyMemory<byte> blob)
    {
        var at = blobs.FindIndex(known => blob.Span.SequenceEqual(known));
        if (at >= 0)
            return at;
        blobs.Add(blob.ToArray());
        return blobs.Count - 1;
    }

    private JsonObject Test(ModuleCall call, IReadOnlyList<OnnxTensor> given)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var outputs = call([.. given.Select(input => TensorData.Write(input, CPU))]);
        return new()
        {
            ["inputs"] = Named(given),
            ["outputs"] = Named([.. outputs.Zip(Names(outputs.Count), TensorData.Read)]),
        };
    }

    private static JsonObject Named(IEnumerable<OnnxTensor> tensors) => new(tensors.Select(tensor => KeyValuePair.Create<string, JsonNode?>(tensor.Name, new JsonObject
    {
        ["dtype"] = RecordedElements.NameOf(tensor.Element),
        ["shape"] = new JsonArray([.. tensor.Dims.Select(size => JsonValue.Create(size))]),
        ["data"] = Convert.ToBase64String(tensor.Data.Span),
    })));
}
