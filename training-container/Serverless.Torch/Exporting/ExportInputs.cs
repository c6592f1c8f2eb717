using Serverless.Onnx.Exporting;
using Serverless.Onnx.Graphs;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Exporting;

/// <summary>The inputs of an export's runs: their names, their dynamic axes, and data for any size.</summary>
internal sealed class ExportInputs
{
    private readonly IReadOnlyList<OnnxTensor> examples;
    private readonly IReadOnlyList<InputProfile> profiles;
    private readonly OnnxExportOptions options;

    /// <exception cref="OnnxExportException">Names or axes do not fit the examples.</exception>
    public ExportInputs(IReadOnlyList<string> names, IReadOnlyList<torch.Tensor> tensors, OnnxExportOptions options)
    {
        if (tensors.Count == 0 || names.Count != tensors.Count || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new OnnxExportException($"There are {tensors.Count} examples and the names '{string.Join("', '", names)}'. Give at least one example, and each a name of its own.");
        this.options = options;
        examples = [.. tensors.Zip(names, TensorData.Read)];
        profiles = [.. examples.Select(InputProfile.Of)];
        Axes = options.DynamicAxes ?? DynamicAxes.FirstOf(examples.Select(example => (example.Name, example.Dims.Count)));
        Plan = RecordingPlan.For(Axes.Symbols(names), SizesOfExamples(), options.Sizes);
    }

    /// <summary>The axes that may have any size.</summary>
    public DynamicAxes Axes { get; }

    /// <summary>The runs.</summary>
    public RecordingPlan Plan { get; }

    /// <summary>The inputs of a run.</summary>
    public IReadOnlyList<OnnxTensor> Of(RecordingRun run)
    {
        if (options.MakeInputs is not { } make)
            return [.. examples.Zip(profiles, (example, profile) => profile.Make(Axes.Resize(example.Name, example.Dims, run.Sizes), run.Seed))];
        using var scope = torch.NewDisposeScope();
        var made = make(run.Sizes, run.Seed);
        return made.Count == examples.Count
            ? [.. made.Zip(examples, (tensor, example) => TensorData.Read(tensor, example.Name))]
            : throw new OnnxExportException($"MakeInputs gave {made.Count} tensors, and there are {examples.Count} inputs. Give one for each, in their order.");
    }

    private Dictionary<string, long> SizesOfExamples()
    {
        Dictionary<string, long> sizes = new(StringComparer.Ordinal);
        foreach (var (input, axes) in Axes.ByInput)
        {
            var example = examples.FirstOrDefault(each => each.Name == input)
                ?? throw new OnnxExportException($"A dynamic axis is given for '{input}', and the inputs are '{string.Join("', '", examples.Select(each => each.Name))}'. Name one of them.");
            foreach (var (axis, symbol) in axes)
            {
                if (axis < 0 || axis >= example.Dims.Count)
                    throw new OnnxExportException($"'{input}' has no axis {axis} for '{symbol}': it has {example.Dims.Count} dimensions. Count from 0.");
                sizes.TryAdd(symbol, example.Dims[axis]);
            }
        }

        return sizes;
    }
}
