using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Inference.Sessions;
using Serverless.Onnx.Graphs;
using Serverless.TestKit;
using static Serverless.Functions.Tests.Inference.ServedModels;

namespace Serverless.Functions.Tests.Inference;

public sealed class InferTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<ElementType, string, string> Types => new()
    {
        { ElementType.Float, "FP32", "1.5,-0.1,3E+38,\"NaN\"" },
        { ElementType.Double, "FP64", "1.5,-1E+300,\"Infinity\",\"-Infinity\"" },
        { ElementType.Float16, "FP16", "1.5,-0.25,65504,0" },
        { ElementType.Int64, "INT64", "9223372036854775807,-9223372036854775808,0,1" },
        { ElementType.Int32, "INT32", "2147483647,-2147483648,0,1" },
        { ElementType.Int16, "INT16", "32767,-32768,0,1" },
        { ElementType.Int8, "INT8", "127,-128,0,1" },
        { ElementType.UInt64, "UINT64", "18446744073709551615,0,1,2" },
        { ElementType.UInt32, "UINT32", "4294967295,0,1,2" },
        { ElementType.UInt16, "UINT16", "65535,0,1,2" },
        { ElementType.UInt8, "UINT8", "255,0,1,2" },
        { ElementType.Bool, "BOOL", "true,false,false,true" },
        { ElementType.String, "BYTES", "\"a\",\"\",\"\\u00FC \\u0000\",\"d\"" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Infer_EachType_ComesBackAsItWent(ElementType type, string name, string data)
    {
        using var served = new ServedModels();
        await served.DeployAsync("echo", Models.Echo(type));
        var flat = Good(await served.InferAsync("echo", $$"""{"id":"q1","inputs":[{"name":"x","shape":[2,2],"datatype":"{{name}}","data":[{{data}}]}]}"""));
        Assert.Equal($$"""{"model_name":"echo","model_version":"echo@1","id":"q1","outputs":[{"name":"y","datatype":"{{name}}","shape":[2,2],"data":[{{data}}]}]}""", flat, ignoreCase: true);
        var cells = data.Split(',');
        var nested = Good(await served.InferAsync("echo", $$"""{"id":"q1","inputs":[{"data":[[{{cells[0]}},{{cells[1]}}],[{{cells[2]}},{{cells[3]}}]],"datatype":"{{name}}","shape":[2,2],"name":"x"}]}"""));
        Assert.Equal(flat, nested);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Infer_EachTypeAsBinary_ComesBackAsItWent(ElementType type, string name, string data)
    {
        using var served = new ServedModels();
        await served.DeployAsync("echo", Models.Echo(type));
        var json = $$$"""{"inputs":[{"name":"x","shape":[2,2],"datatype":"{{{name}}}","data":[{{{data}}}]}],"outputs":[{"name":"y","parameters":{"binary_data":true}}]}""";
        var reply = await served.InferAsync("echo", json);
        Assert.Equal((200, "application/octet-stream"), (reply.Status, reply.ContentType));
        var header = int.Parse(reply.Headers.Single(pair => pair.Key == "Inference-Header-Content-Length").Value);
        var raw = reply.Body[header..].ToArray();
        using var said = JsonDocument.Parse(reply.Body[..header]);
        Assert.Equal(raw.Length, said.RootElement.GetProperty("outputs")[0].GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        var again = await InferBinaryAsync(served, $$$"""{"inputs":[{"name":"x","shape":[2,2],"datatype":"{{{name}}}","parameters":{"binary_data_size":{{{raw.Length}}}}}]}""", raw);
        Assert.EndsWith($"\"data\":[{data}]}}]}}", Good(again), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Infer_Floats_AreLittleEndianInBinary()
    {
        using var served = new ServedModels();
        await served.DeployAsync("plus", Models.Plus(1, 2));
        var raw = new byte[8];
        BinaryPrimitives.WriteSingleLittleEndian(raw, 1.5f);
        BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(4), -4f);
        var reply = await InferBinaryAsync(served, """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}],"parameters":{"binary_data_output":true}}""", raw, "plus");
        var header = int.Parse(reply.Headers[0].Value);
        Assert.Equal([2.5f, -3f], MemoryMarshal.Cast<byte, float>(reply.Body.Span[header..]).ToArray());
    }

    [Fact]
    public async Task Infer_SeveralInputs_AnswersTheOutputsThatAreWanted()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var body = Good(await served.InferAsync("flowers", """
            {"inputs":[{"name":"colour","shape":[2,1],"datatype":"BYTES","data":["red","blue"]},
                       {"name":"height","shape":[2,1],"datatype":"FP32","data":[1,null]},
                       {"name":"width","shape":[2,1],"datatype":"FP32","data":[2,0.5]}],
             "outputs":[{"name":"label"}]}
            """));
        Assert.EndsWith("""[{"name":"label","datatype":"BYTES","shape":[2],"data":["oxe,ye","=tulip"]}]}""", body.Replace("\\u002C", ","));
    }

    [Fact]
    public async Task Infer_ClientsOwnTypes_ReadTheAnswer()
    {
        using var served = new ServedModels();
        await served.DeployAsync("plus", Models.Plus(1));
        var reply = await served.InferAsync("plus", """{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[41]}]}""");
        var answer = JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.InferResponse)!;
        Assert.Equal(("plus", "plus@1"), (answer.ModelName, answer.ModelVersion));
        Assert.Equal(42, answer.Outputs[0].Data[0].GetInt32());
    }

    [Fact]
    public async Task Metadata_OfAnEndpoint_SaysWhatItTakesAndGives()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var reply = await served.Predictor.MetadataAsync("flowers", Cancel);
        Good(reply);
        var metadata = JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.InferMetadata)!;
        Assert.Equal(["flowers@1"], metadata.Versions);
        Assert.Equal(["height FP32 -1,1", "width FP32 -1,1", "colour BYTES -1,1"], metadata.Inputs.Select(port => $"{port.Name} {port.Datatype} {string.Join(",", port.Shape)}"));
        Assert.Equal(["label BYTES -1", "probabilities FP32 -1,3"], metadata.Outputs.Select(port => $"{port.Name} {port.Datatype} {string.Join(",", port.Shape)}"));
    }

    [Fact]
    public async Task Ready_OfAnEndpoint_LoadsNothing()
    {
        using var served = new ServedModels();
        await served.DeployAsync("plus", Models.Plus(1));
        Good(await served.Predictor.ReadyAsync("plus", Cancel));
        Assert.Equal(0, served.Sessions.Loads);
        Problem(await served.Predictor.ReadyAsync("nobody", Cancel), 404);
    }

    [Fact]
    public async Task Infer_UnknownEndpoint_SaysHowToFindOne()
    {
        using var served = new ServedModels();
        foreach (var name in new[] { "nobody", "../plus", "Plus", "" })
            Assert.Equal("not_found", Problem(await served.InferAsync(name, "{}"), 404).Code);
    }

    [Fact]
    public async Task Infer_EndlessLoop_IsStoppedAndSaid()
    {
        using var served = new ServedModels(options => options with { RunLimit = TimeSpan.FromMilliseconds(200) });
        await served.DeployAsync("loop", Models.Loop());
        Good(await served.InferAsync("loop", """{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[3]}]}"""));
        var problem = Problem(await served.InferAsync("loop", """{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[9000000000000]}]}"""), 503);
        Assert.Contains("0.2 s", problem.Detail);
        Good(await served.InferAsync("loop", """{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[3]}]}"""));
    }

    [Fact]
    public async Task Infer_EndlessLoopWithATimerThatComesEarly_IsStoppedAllTheSame()
    {
        using var served = new ServedModels(options => options with { RunLimit = TimeSpan.FromMilliseconds(200) }, new EarlyTime());
        await served.DeployAsync("loop", Models.Loop());
        var answer = Task.Run(() => served.InferAsync("loop", """{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[9000000000000]}]}"""), Cancel);
        Problem(await answer.WaitAsync(Eventually.Patience, Cancel), 503);
    }

    [Fact]
    public async Task Run_CallerThatWentBeforeItBegan_IsStoppedAtOnce()
    {
        using var served = new ServedModels();
        await served.DeployAsync("loop", Models.Loop(long.MaxValue));
        using var lease = (await served.Sessions.AcquireAsync(new EndpointModel("loop", 1), TimeSpan.FromHours(1), Cancel))!.Value;
        var run = Task.Run(() => EmptyRow.Run(lease.Session, TimeProvider.System, TimeSpan.FromHours(1), new CancellationToken(canceled: true)), Cancel);
        Assert.Contains("did not answer", (await run.WaitAsync(Eventually.Patience, Cancel))!.Message);
    }

    private static Task<Core.Endpoints.WireReply> InferBinaryAsync(ServedModels served, string json, byte[] raw, string endpoint = "echo")
    {
        var header = Encoding.UTF8.GetBytes(json);
        var request = Request([.. header, .. raw], "application/octet-stream") with { InferenceHeaderContentLength = header.Length.ToString() };
        return served.Predictor.InferAsync(endpoint, request, Cancel);
    }
}
