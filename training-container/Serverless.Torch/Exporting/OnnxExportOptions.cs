using System.Text.Json.Serialization;
using Serverless.Onnx.Exporting;
using Serverless.Onnx.Parity;
using Serverless.Onnx.Writing;
using TorchSharp;

namespace Serverless.Torch.Exporting;

/// <summary>How a module is exported.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The graph's name.</summary>
    public string Name { get; init; } = "network";

    /// <summary>The version of ai.onnx, from 17, which every runtime of today reads, to 21.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>The inputs' names, in the order of <c>forward</c>; null: <c>input</c> for one, the names of <c>forward</c>'s parameters for several.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>The outputs' names, tuples and lists laid flat; null: <c>output</c> for one, <c>output_0</c>, <c>output_1</c> … for several.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>The dimensions of inputs that may have any size; null: the first of each input is <c>batch</c>. <see cref="DynamicAxes.None"/>: all are fixed.</summary>
    public DynamicAxes? DynamicAxes { get; init; }

    /// <summary>
    /// Sizes at which the module may be run, by the name of the axis: five or more, the first three for recording. Null: batch 2, 3, 5, 1, 4, 17, other axes the example's size and
    /// 1 to 9 more. For modules that do not take every size.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>>? Sizes { get; init; }

    /// <summary>Makes inputs for the sizes by name and a seed; null: random ones like the example (its mean and deviation, or its range). For inputs with a structure of their own.</summary>
    [JsonIgnore]
    public Func<IReadOnlyDictionary<string, long>, int, IReadOnlyList<torch.Tensor>>? MakeInputs { get; init; }

    /// <summary>The numbers that the model computes with.</summary>
    public ModelPrecision Precision { get; init; } = ModelPrecision.AsTrained;

    /// <summary>How far the model's outputs may be from the module's; null: what belongs to the precision (1e-4 absolute and relative as trained).</summary>
    public ParityTolerance? Tolerance { get; init; }

    /// <summary>Key and value pairs that the model keeps, beside those of the parity gate.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>When weights go beside the file, and how.</summary>
    public ModelFileOptions Files { get; init; } = new();

    /// <summary>How long one comparing run may take in ONNX Runtime.</summary>
    public TimeSpan RunLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How the operators are found out.</summary>
    public ExportWay Way { get; init; } = ExportWay.Either;
}
