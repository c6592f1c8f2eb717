namespace Serverless.Onnx.Exporting;

/// <summary>One run of a module for an export.</summary>
/// <param name="Sizes">The size of each dynamic axis, by name.</param>
/// <param name="Seed">The seed of the inputs' data.</param>
public sealed record RecordingRun(IReadOnlyDictionary<string, long> Sizes, int Seed)
{
    /// <summary>As in messages: <c>batch 5, sequence 9</c>.</summary>
    public string Shown => Sizes.Count == 0 ? "the example's sizes" : string.Join(", ", Sizes.Select(size => $"{size.Key} {size.Value}"));
}
