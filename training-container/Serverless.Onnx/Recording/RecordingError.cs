namespace Serverless.Onnx.Recording;

/// <summary>Something wrong in the JSON of a recording.</summary>
/// <param name="Place">Where, as a path such as <c>nodes[3].in[1]</c>.</param>
/// <param name="What">What is wrong, with the value.</param>
/// <param name="Cure">What to do.</param>
public sealed record RecordingError(string Place, string What, string Cure)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Place}: {What}. {Cure}";
}
