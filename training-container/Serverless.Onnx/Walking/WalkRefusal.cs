namespace Serverless.Onnx.Walking;

/// <summary>A module that cannot be read.</summary>
/// <param name="Module">Its path, such as <c>encoder.0</c>; empty for the root.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="What">Why not.</param>
/// <param name="Cure">What helps.</param>
public sealed record WalkRefusal(string Module, string Kind, string What, string Cure)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{(Module.Length == 0 ? "the network" : $"'{Module}'")} ({Kind}): {What}. {Cure}";
}
