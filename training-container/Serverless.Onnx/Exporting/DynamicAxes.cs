namespace Serverless.Onnx.Exporting;

/// <summary>Which dimensions of a model's inputs may have any size: by input and axis, the name of the size. Equal names mean equal sizes.</summary>
/// <param name="ByInput">Input → axis (from 0) → name.</param>
public sealed record DynamicAxes(IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> ByInput)
{
    /// <summary>The name of the first dimension of an input, unless others are given.</summary>
    public const string Batch = "batch";

    /// <summary>Every size is fixed.</summary>
    public static readonly DynamicAxes None = new(new Dictionary<string, IReadOnlyDictionary<int, string>>());

    /// <summary>The names, in the order of their first use; the inputs' order comes from the caller.</summary>
    public IReadOnlyList<string> Symbols(IEnumerable<string> inputs) =>
        [.. inputs.SelectMany(input => ByInput.TryGetValue(input, out var axes) ? axes.OrderBy(axis => axis.Key).Select(axis => axis.Value) : []).Distinct(StringComparer.Ordinal)];

    /// <summary>The first dimension of each input that has one is <see cref="Batch"/>.</summary>
    /// <param name="inputs">The inputs' names and numbers of dimensions.</param>
    public static DynamicAxes FirstOf(IEnumerable<(string Name, int Rank)> inputs) =>
        new(inputs.Where(input => input.Rank > 0).ToDictionary(input => input.Name, IReadOnlyDictionary<int, string> (_) => new Dictionary<int, string> { [0] = Batch }, StringComparer.Ordinal));

    /// <summary>An input's shape with these sizes in place of those that may vary.</summary>
    public IReadOnlyList<long> Resize(string input, IReadOnlyList<long> shape, IReadOnlyDictionary<string, long> sizes) =>
        ByInput.TryGetValue(input, out var axes) ? [.. shape.Select((size, axis) => axes.TryGetValue(axis, out var symbol) ? sizes[symbol] : size)] : shape;
}
