using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;
using Serverless.Torch.Bridge;
using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>Runs a module's forward on inputs and keeps what libtorch notes of it. The module is left as it is; evaluation mode is the caller's.</summary>
/// <param name="api">The bridge.</param>
/// <param name="module">The module; its parameters and buffers become named inputs of the graph.</param>
/// <param name="forward">The call.</param>
/// <param name="device">Where the inputs go.</param>
internal sealed class ModuleRecorder(BridgeApi api, torch.nn.Module module, ModuleCall forward, torch.Device device)
{
    private readonly Dictionary<string, byte[]> weights = new(StringComparer.Ordinal);

    /// <summary>Records one run.</summary>
    /// <param name="inputs">The inputs, by name.</param>
    /// <param name="sizes">Their sizes, for messages.</param>
    /// <param name="outputNames">The outputs' names, given how many there are.</param>
    /// <exception cref="RecordingException">The forward failed, or an output was not recorded.</exception>
    public RecordedGraph Record(IReadOnlyList<OnnxTensor> inputs, string sizes, Func<int, IReadOnlyList<string>> outputNames) => Take(inputs, sizes, outputNames).Read();

    /// <inheritdoc cref="Record"/>
    internal RecordedRun Take(IReadOnlyList<OnnxTensor> inputs, string sizes, Func<int, IReadOnlyList<string>> outputNames)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        torch.Tensor[] given = [.. inputs.Select(input => TensorData.Write(input, device))];
        List<RecordingInput> all = [.. inputs.Zip(given, (input, tensor) => new RecordingInput(input.Name, "input", tensor))];
        var taken = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters())
            if (taken.Add(name))
                all.Add(new(name, "parameter", parameter));
        foreach (var (name, buffer) in module.named_buffers())
            if (taken.Add(name))
                all.Add(new(name, "buffer", buffer));
        using var quiet = new QuietHeap();
        using var session = RecordingSession.Begin(api, all);
        var outputs = ForwardCall.Run(forward, given, sizes);
        var names = outputNames(outputs.Count);
        foreach (var (output, name) in outputs.Zip(names))
            if (!session.IsTraced(output))
                throw new RecordingException($"The output '{name}' was not made by anything that was recorded. An operator on another thread, or data that left torch, is not seen: compute the output from the inputs, on the thread that calls forward.");
        var json = session.End([.. names.Zip(outputs)]);
        return Read(session, json);
    }

    /// <summary>Weights are the same in all runs and copied once; the constants are each run's own.</summary>
    private RecordedRun Read(RecordingSession session, byte[] json)
    {
        var named = RecordedNames.WeightsByBlob(json);
        List<ReadOnlyMemory<byte>> blobs = [];
        for (var k = 0; k < session.Blobs; k++)
        {
            if (!named.TryGetValue(k, out var name))
                blobs.Add(session.Blob(k));
            else if (weights.TryGetValue(name, out var known))
                blobs.Add(known);
            else
                blobs.Add(weights[name] = session.Blob(k));
        }

        return new(json, blobs);
    }
}
