using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Onnx.Graphs;
using Serverless.Torch.Exporting;

namespace Serverless.Torch.Children;

/// <summary>What the process that exports is asked for. It and its files lie in a folder of their own.</summary>
/// <param name="RecipeType">The recipe's type, with its assembly.</param>
/// <param name="RecipeAssembly">The assembly's file, should the type not be found by name.</param>
/// <param name="Recipe">The recipe.</param>
/// <param name="Examples">The examples' types and shapes; their data is in <c>example.K</c>.</param>
/// <param name="Outputs">Those of what the trained module gives for them, in <c>output.K</c>; null: it is not compared.</param>
/// <param name="Target">The file to write.</param>
/// <param name="Options">How.</param>
/// <param name="MemoryBytes">How much memory it may take.</param>
internal sealed record ExportRequest(
    string RecipeType, string RecipeAssembly, JsonElement Recipe, IReadOnlyList<TensorShape> Examples, IReadOnlyList<TensorShape>? Outputs, string Target, OnnxExportOptions Options, long MemoryBytes)
{
    public const string FileName = "request.json";
    public const string Weights = "weights";
    public const string Progress = "progress";
    public const string Reply = "reply.json";

    public static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Example(int index) => $"example.{index}";

    public static string Output(int index) => $"output.{index}";
}

/// <summary>A tensor without its data.</summary>
internal sealed record TensorShape(ElementType Element, IReadOnlyList<long> Dims);

/// <summary>What the process answers: an export, or why there is none.</summary>
internal sealed record ExportReply(ApartExport? Export, string? Refusal);
