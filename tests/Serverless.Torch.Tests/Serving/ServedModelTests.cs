using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;
using Serverless.TestKit;
using Serverless.Torch.Exporting;
using Serverless.Torch.Recording;
using Serverless.Torch.Tests.Exporting;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Serving;

/// <summary>Whole models from TorchSharp to an endpoint: a job brings the exported file, the platform registers and deploys it, and HTTP answers what TorchSharp says.</summary>
public sealed class ServedModelTests
{
    [Fact]
    public async Task Models_Exported_AnswerOverHttpAsTorchSharpDoes()
    {
        TestBridge.Require();
        using var folder = new TempFolder();
        await using var host = await BuiltHost.StartAsync(folder.Path);
        foreach (var (name, make) in WholeModels.ByName)
        {
            random.manual_seed(1);
            var (module, example, options) = make();
            using var _ = module;
            var endpoint = name.ToLowerInvariant().Replace(' ', '-');
            var code = Directory.CreateDirectory(folder[endpoint]).FullName;
            OnnxExporter.ExportTo(module, [example], Path.Combine(code, "model.onnx"), options);
            await File.WriteAllTextAsync(Path.Combine(code, "bring.sh"), "cp model.onnx \"$SERVERLESS_MODEL_DIR/\"\n", TestContext.Current.CancellationToken);

            await host.RunAsync("job", "run", "--command", "sh bring.sh", "--code", code, "--model", endpoint, "--endpoint", endpoint, "--follow");
            var answers = await AskAsync(host, endpoint, TensorData.Read(example, "input"));

            module.eval();
            using var still = no_grad();
            var original = ModuleCalls.Of(module, 1)([example]);
            foreach (var (output, answer) in original.Zip(answers))
            {
                var deviation = ParityComparison.Compare(TensorData.Read(output, name), answer, ParityTolerance.Single, "the example's sizes");
                TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {deviation}");
                Assert.True(deviation.IsWithin, deviation.ToString());
            }
        }
    }

    private static async Task<IReadOnlyList<OnnxTensor>> AskAsync(BuiltHost host, string endpoint, OnnxTensor input)
    {
        var isWhole = input.Element == ElementType.Int64;
        var request = new { inputs = new[] { new { name = input.Name, shape = input.Dims, datatype = isWhole ? "INT64" : "FP32", data = TensorNumbers.Read(input) } } };
        using var reply = await host.Http.PostAsJsonAsync($"/v2/models/{endpoint}/infer", request, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{endpoint}: {reply.StatusCode} {text}"));
        using var json = JsonDocument.Parse(text);
        return
        [
            .. json.RootElement.GetProperty("outputs").EnumerateArray().Select(output => TensorNumbers.Write(
                output.GetProperty("name").GetString()!,
                ElementType.Float,
                [.. output.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
                [.. output.GetProperty("data").EnumerateArray().Select(value => value.GetDouble())])),
        ];
    }
}
