namespace Serverless.Onnx.Graphs;

/// <summary>The version of an operator set that a model uses (<c>OperatorSetIdProto</c>).</summary>
/// <param name="Domain">The operator set; empty for ai.onnx.</param>
/// <param name="Version">Its version.</param>
public sealed record OpsetImport(string Domain, long Version)
{
    /// <summary>The operator set of all general operators, also written <c>ai.onnx</c>.</summary>
    public const string Main = "";

    /// <summary>The operator set of classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>The domain as the table of operators knows it: ai.onnx is the empty one.</summary>
    public static string Canonical(string domain) => domain == "ai.onnx" ? Main : domain;

    /// <summary>The domain as people write it.</summary>
    public static string Shown(string domain) => domain.Length == 0 ? "ai.onnx" : domain;
}
