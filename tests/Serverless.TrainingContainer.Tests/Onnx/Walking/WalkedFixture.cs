using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;
using Serverless.Onnx.Walking;

namespace Serverless.TrainingContainer.Tests.Onnx.Walking;

/// <summary>A module with random settings, the sizes of its runs, and what libtorch gave for inputs of other sizes.</summary>
internal sealed record WalkedFixture(ModuleDescription Module, IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> Axes, IReadOnlyList<IReadOnlyList<WalkedInput>> Runs, IReadOnlyList<WalkedFixture.Case> Cases)
{
    internal sealed record Case(IReadOnlyList<OnnxTensor> Inputs, IReadOnlyList<OnnxTensor> Outputs);

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Fixtures");

    public static IReadOnlyList<string> Names() => [.. Directory.EnumerateFiles(Folder(), "*.json.gz").Select(path => Path.GetFileName(path)[..^".json.gz".Length]).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<WalkedFixture> Load(string name)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder(), name + ".json.gz")), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(packed);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static WalkedFixture Read(JsonElement root) => new(
        Describe(root.GetProperty("module")),
        root.GetProperty("axes").EnumerateObject().ToDictionary(
            input => input.Name,
            input => (IReadOnlyDictionary<int, string>)input.Value.EnumerateObject().ToDictionary(axis => int.Parse(axis.Name, CultureInfo.InvariantCulture), axis => axis.Value.GetString()!)),
        [.. root.GetProperty("runs").EnumerateArray().Select(run => (IReadOnlyList<WalkedInput>)[.. run.EnumerateObject().Select(input => new WalkedInput(input.Name, Element(input.Value), Shape(input.Value)))])],
        [.. root.GetProperty("tests").EnumerateArray().Select(test => new Case(Tensors(test.GetProperty("inputs")), Tensors(test.GetProperty("outputs"))))]);

    private static ModuleDescription Describe(JsonElement module) => new()
    {
        Name = module.GetProperty("name").GetString()!,
        Kind = module.GetProperty("kind").GetString()!,
        Settings = module.GetProperty("settings").EnumerateObject().ToDictionary(setting => setting.Name, setting => Setting(setting.Value.EnumerateObject().Single())),
        Weights = Tensors(module.GetProperty("weights")).ToDictionary(tensor => tensor.Name),
        Children = [.. module.GetProperty("children").EnumerateArray().Select(Describe)],
    };

    private static RecordedConstant Setting(JsonProperty value) => value.Name switch
    {
        "none" => RecordedConstant.None,
        "bool" => RecordedConstant.Of(value.Value.GetBoolean()),
        "int" => RecordedConstant.Of(value.Value.GetInt64()),
        "float" => RecordedConstant.Of(value.Value.ValueKind == JsonValueKind.String ? double.PositiveInfinity : value.Value.GetDouble()),
        "string" => RecordedConstant.Of(value.Value.GetString()!),
        "ints" => new() { Kind = ConstantKind.Ints, Ints = [.. value.Value.EnumerateArray().Select(each => each.GetInt64())] },
        _ => new() { Kind = ConstantKind.Floats, Floats = [.. value.Value.EnumerateArray().Select(each => each.GetDouble())] },
    };

    private static List<OnnxTensor> Tensors(JsonElement named) =>
        [.. named.EnumerateObject().Select(each => new OnnxTensor { Name = each.Name, Element = Element(each.Value), Dims = Shape(each.Value), Data = each.Value.GetProperty("data").GetBytesFromBase64() })];

    private static ElementType Element(JsonElement tensor) => RecordedElements.Find(tensor.GetProperty("dtype").GetString()!)!.Value;

    private static IReadOnlyList<long> Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
}
