using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Recording;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>Recordings of a network by libtorch, and what it gave for inputs of sizes that were not recorded.</summary>
internal sealed record LoweringFixture(IReadOnlyList<RecordedGraph> Recordings, LoweringOptions Options, IReadOnlyList<LoweringFixture.Case> Cases, double Tolerance)
{
    /// <summary>Inputs, and what libtorch gave for them.</summary>
    internal sealed record Case(IReadOnlyList<OnnxTensor> Inputs, IReadOnlyList<OnnxTensor> Outputs);

    public static IReadOnlyList<string> Names(string folder) => [.. Directory.EnumerateFiles(Path.Combine(Here(), folder), "*.json.gz").Select(path => Path.GetFileName(path)[..^".json.gz".Length]).Order(StringComparer.Ordinal)];

    public static LoweringFixture Load(string folder, string name) => Read(Unpack(Path.Combine(Here(), folder, name + ".json.gz")));

    public static LoweringFixture Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        List<ReadOnlyMemory<byte>> blobs = [.. root.GetProperty("blobs").EnumerateArray().Select(blob => (ReadOnlyMemory<byte>)blob.GetBytesFromBase64())];
        List<RecordedGraph> recordings = [];
        foreach (var recording in root.GetProperty("recordings").EnumerateArray())
        {
            var graph = RecordedGraphReader.Read(Encoding.UTF8.GetBytes(recording.GetRawText()), blobs, out var errors);
            Assert.Empty(errors);
            recordings.Add(graph!);
        }

        var axes = root.GetProperty("axes").EnumerateObject().ToDictionary(
            input => input.Name,
            input => (IReadOnlyDictionary<int, string>)input.Value.EnumerateObject().ToDictionary(axis => int.Parse(axis.Name, System.Globalization.CultureInfo.InvariantCulture), axis => axis.Value.GetString()!));
        return new(recordings, new() { DynamicAxes = axes }, [.. root.GetProperty("tests").EnumerateArray().Select(test => new Case(Tensors(test.GetProperty("inputs")), Tensors(test.GetProperty("outputs"))))], root.GetProperty("tolerance").GetDouble());
    }

    private static List<OnnxTensor> Tensors(JsonElement named) => [.. named.EnumerateObject().Select(each => new OnnxTensor
    {
        Name = each.Name,
        Element = RecordedElements.Find(each.Value.GetProperty("dtype").GetString()!)!.Value,
        Dims = [.. each.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
        Data = each.Value.GetProperty("data").GetBytesFromBase64(),
    })];

    private static byte[] Unpack(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    private static string Here() => Path.Combine(Needs.RepositoryRoot(), "tests/Serverless.TrainingContainer.Tests/Onnx/Lowering");
}
