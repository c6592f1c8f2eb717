using System.Globalization;
using System.Text.Json;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>How a model's outputs become predictions: a classifier's label and probabilities, one value, or each output by its name.</summary>
internal sealed class PredictionForm
{
    private PredictionForm(InferenceCall call, OutputTensor? label, OutputTensor? probabilities, IReadOnlyList<OutputTensor> others)
    {
        (Label, Probabilities, Others) = (label, probabilities, others);
        var classes = probabilities is null ? 0 : PerRow(probabilities);
        var names = call.Session.Classes is { } named && named.Count == classes
            ? named
            : [.. Enumerable.Range(0, classes).Select(index => index.ToString(CultureInfo.InvariantCulture))];
        Classes = names;
        EncodedClasses = [.. names.Select(name => JsonEncodedText.Encode(name))];
    }

    /// <summary>The label of a classifier, or the only value of another model.</summary>
    public OutputTensor? Label { get; }

    /// <summary>The probabilities, [rows, classes].</summary>
    public OutputTensor? Probabilities { get; }

    /// <summary>The outputs that are shown by their names.</summary>
    public IReadOnlyList<OutputTensor> Others { get; }

    /// <summary>The classes' names: the model's own, else 0, 1, 2, …</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The classes' names as JSON.</summary>
    public IReadOnlyList<JsonEncodedText> EncodedClasses { get; }

    /// <summary>Finds the form of a call's outputs.</summary>
    /// <returns>Null when an output has not one part a row; the name of that output is given then.</returns>
    public static PredictionForm? Of(InferenceCall call, int rows, out string odd)
    {
        odd = call.Outputs.FirstOrDefault(output => output.Rank == 0 || output.Shape[0] != rows)?.Port.Name ?? "";
        if (odd.Length > 0)
            return null;
        var label = Find(call, "label", 1);
        if (label is null && call.Outputs.Length == 1 && PerRow(call.Outputs[0]) == 1)
            label = call.Outputs[0];
        var probabilities = label is null ? null : call.Outputs.FirstOrDefault(output => output is { Port.Name: "probabilities", Type: ElementType.Float32 or ElementType.Float64, Rank: 2 });
        return new PredictionForm(call, label, probabilities, [.. call.Outputs.Where(output => output != label && output != probabilities)]);
    }

    /// <summary>Elements a row.</summary>
    public static int PerRow(OutputTensor output) => output.Count / (int)output.Shape[0];

    /// <summary>A probability.</summary>
    public double Probability(int row, int column)
    {
        var index = (row * Classes.Count) + column;
        return Probabilities!.Type == ElementType.Float32 ? Probabilities.Values<float>()[index] : Probabilities.Values<double>()[index];
    }

    private static OutputTensor? Find(InferenceCall call, string name, int perRow) =>
        call.Outputs.FirstOrDefault(output => output.Port.Name == name && PerRow(output) == perRow);
}
