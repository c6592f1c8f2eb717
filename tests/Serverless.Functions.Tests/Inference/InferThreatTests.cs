using System.Text;
using Serverless.Core.Endpoints;
using Serverless.Onnx.Graphs;
using static Serverless.Functions.Tests.Inference.ServedModels;

namespace Serverless.Functions.Tests.Inference;

/// <summary>Bad bodies of the inference protocol: each is answered by a problem that says what, where and what to do; the endpoint goes on.</summary>
public sealed class InferThreatTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Bodies => new()
    {
        { "shape too short", X("[2]", "FP32", "[1,2]"), "dimensions" },
        { "shape not the model's", X("[1,3]", "FP32", "[1,2,3]"), "does not fit" },
        { "shape negative", X("[-1,2]", "FP32", "[1,2]"), "dimension -1" },
        { "shape zero", X("[0,2]", "FP32", "[]"), "dimension 0" },
        { "shape 10^18", X("[1000000000000000000,2]", "FP32", "[1,2]"), "rows; the limit is 65536" },
        { "shape beyond 64 bits", X("[1000000000000000000000,2]", "FP32", "[1,2]"), "whole numbers" },
        { "shape of fractions", X("[1.5,2]", "FP32", "[1,2,3]"), "whole numbers" },
        { "shape of texts", X("[\"1\",2]", "FP32", "[1,2]"), "whole numbers" },
        { "shape no array", X("2", "FP32", "[1,2]"), "whole numbers" },
        { "shape of 33 dimensions", X($"[{string.Join(",", Enumerable.Repeat(1, 33))}]", "FP32", "[1,2]"), "whole numbers" },
        { "batch huge", X("[65537,2]", "FP32", "[1,2]"), "limit is 65536" },
        { "too little data", X("[2,2]", "FP32", "[1,2,3]"), "has 3 elements; its shape has 4" },
        { "too much data", X("[1,2]", "FP32", "[1,2,3]"), "more than the 2 elements" },
        { "no data", X("[1,2]", "FP32", null), "no data" },
        { "data no array", X("[1,2]", "FP32", "1"), "not an array" },
        { "data an object", X("[1,2]", "FP32", "[{},1]"), "an object" },
        { "data nested unevenly", X("[2,2]", "FP32", "[[1,2],3,4]"), "unevenly" },
        { "data nested otherwise", X("[2,2]", "FP32", "[[1,2,3],[4]]"), "members" },
        { "data nested deeper", X("[1,2]", "FP32", "[[[1,2]]]"), "members" },
        { "data with a hole", X("[2,2]", "FP32", "[[1,2],[],[3,4]]"), "members" },
        { "wrong type", X("[1,2]", "FP64", "[1,2]"), "is FP64; the input 'x' is FP32" },
        { "unknown type", X("[1,2]", "FP31", "[1,2]"), "not known" },
        { "type no text", X("[1,2]", null, "[1,2]"), "datatype" },
        { "NaN bare", X("[1,2]", "FP32", "[NaN,2]"), "not JSON" },
        { "Infinity bare", X("[1,2]", "FP32", "[Infinity,2]"), "not JSON" },
        { "1e400", X("[1,2]", "FP32", "[1e400,2]"), "does not fit" },
        { "1e39", X("[1,2]", "FP32", "[1,1e39]"), "element 1, '1e39'" },
        { "text for a number", X("[1,2]", "FP32", "[\"1\",2]"), "no FP32" },
        { "true for a number", X("[1,2]", "FP32", "[true,2]"), "no FP32" },
        { "nothing", "", "not JSON" },
        { "no object", "[]", "not a JSON object" },
        { "cut off", "{\"inputs\":[{\"name\":\"x\"", "not JSON" },
        { "two documents", X("[1,2]", "FP32", "[1,2]") + "{}", "not JSON" },
        { "depth 10,000", X("[1,2]", "FP32", new string('[', 10_000) + new string(']', 10_000)), "depth" },
        { "depth 10,000 in an unknown member", "{\"u\":" + new string('[', 10_000) + new string(']', 10_000) + "}", "depth" },
        { "lone surrogate in a name", "{\"inputs\":[{\"name\":\"\\uD800\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}", "surrogate" },
        { "no inputs", "{}", "no inputs" },
        { "inputs no array", "{\"inputs\":{}}", "not an array" },
        { "input no object", "{\"inputs\":[1]}", "not an object" },
        { "input missing", "{\"inputs\":[]}", "'x' is missing" },
        { "input misnamed", X("[1,2]", "FP32", "[1,2]").Replace("\"x\"", "\"X\""), "no input 'X'" },
        { "input without a name", "{\"inputs\":[{\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}", "no name" },
        { "input twice", $"{{\"inputs\":[{Tensor("[1,2]", "FP32", "[1,2]")},{Tensor("[1,2]", "FP32", "[3,4]")}]}}", "'x' is there twice" },
        { "inputs twice", X("[1,2]", "FP32", "[1,2]").Replace("{\"inputs\"", "{\"inputs\":[],\"inputs\""), "'inputs' is there twice" },
        { "data twice", X("[1,2]", "FP32", "[1,2],\"data\":[3,4]"), "data' is there twice" },
        { "shape twice", X("[1,2],\"shape\":[2,1]", "FP32", "[1,2]"), "shape' is there twice" },
        { "output unknown", X("[1,2]", "FP32", "[1,2]", "\"outputs\":[{\"name\":\"z\"}]"), "no output 'z'" },
        { "output twice", X("[1,2]", "FP32", "[1,2]", "\"outputs\":[{\"name\":\"y\"},{\"name\":\"y\"}]"), "'y' is there twice" },
        { "no output wanted", X("[1,2]", "FP32", "[1,2]", "\"outputs\":[]"), "" },
        { "binary length without bytes", X("[1,2]", "FP32", null, null, "\"parameters\":{\"binary_data_size\":8}"), "wants 8 bytes" },
        { "binary length negative", X("[1,2]", "FP32", null, null, "\"parameters\":{\"binary_data_size\":-8}"), "binary_data_size" },
        { "binary length and data", X("[1,2]", "FP32", "[1,2]", null, "\"parameters\":{\"binary_data_size\":0}"), "both data and binary_data_size" },
        { "id no text", X("[1,2]", "FP32", "[1,2]", "\"id\":7"), "'id' is not a text" },
        { "control characters in a name", X("[1,2]", "FP32", "[1,2]").Replace("\"x\"", "\"\\u001b[31m\""), "u{1b}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Infer_BadBody_IsSaidAndDoesNoHarm(string what, string body, string said)
    {
        using var served = new ServedModels();
        await served.DeployAsync("e", Models.Echo(ElementType.Float));
        if (said.Length == 0)
        {
            Good(await served.InferAsync("e", body));
            return;
        }

        var problem = Problem(await served.InferAsync("e", body), 400);
        Assert.Equal("invalid_input", problem.Code);
        Assert.True(problem.Errors!.Any(error => error.Message.Contains(said)), $"{what}: {string.Join(" ", problem.Errors!.Select(error => error.Message))}");
        Assert.All(problem.Errors!, error => Assert.False(string.IsNullOrEmpty(error.Cure) || error.Message.Length > 1000));
        Good(await served.InferAsync("e", X("[1,2]", "FP32", "[1,2]")));
        Assert.Equal(0, served.Budget.Held);
    }

    [Fact]
    public async Task Infer_SeveralErrors_AreSaidAtOnce()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var problem = Problem(await served.InferAsync("flowers", """
            {"inputs":[{"name":"height","shape":[1,1],"datatype":"INT8","data":[1]},{"name":"wdth","shape":[1,1],"datatype":"FP32","data":[1]}],
             "outputs":[{"name":"lable"}]}
            """), 400);
        Assert.Equal(
            ["inputs[0].datatype", "inputs[1].name", "outputs[0].name", "inputs", "inputs"],
            problem.Errors!.Select(error => error.Path));
    }

    [Fact]
    public async Task Infer_RowsThatDiffer_AreNotBroadcast()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var problem = Problem(await served.InferAsync("flowers", """
            {"inputs":[{"name":"colour","shape":[1,1],"datatype":"BYTES","data":["red"]},{"name":"height","shape":[2,1],"datatype":"FP32","data":[1,2]},{"name":"width","shape":[2,1],"datatype":"FP32","data":[1,2]}]}
            """), 400);
        Assert.Contains("'rows'", problem.Detail);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("99999")]
    [InlineData("99999999999999999999999")]
    [InlineData("ten")]
    [InlineData("")]
    [InlineData("1e1")]
    [InlineData(" 10")]
    public async Task Infer_FalseHeaderLength_IsSaid(string length)
    {
        using var served = new ServedModels();
        await served.DeployAsync("e", Models.Echo(ElementType.Float));
        var problem = Problem(await served.Predictor.InferAsync("e", Json(X("[1,2]", "FP32", "[1,2]")) with { InferenceHeaderContentLength = length }, Cancel), 400);
        Assert.Equal("Inference-Header-Content-Length", problem.Errors!.Single().Path);
    }

    [Theory]
    [InlineData("BOOL", ElementType.Bool, new byte[] { 1, 2 }, "a BOOL is 0 or 1")]
    [InlineData("FP32", ElementType.Float, new byte[] { 1, 2, 3 }, "has 3 bytes of data")]
    [InlineData("BYTES", ElementType.String, new byte[] { 255, 255, 255, 255, 65 }, "ends within its text 0")]
    [InlineData("BYTES", ElementType.String, new byte[] { 1, 0, 0, 0, 255, 0, 0, 0, 0 }, "not UTF-8")]
    [InlineData("BYTES", ElementType.String, new byte[] { 0, 0, 0, 0 }, "has 1 texts; its shape has 2")]
    [InlineData("BYTES", ElementType.String, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "more than the 2 texts")]
    public async Task Infer_BadBinary_IsSaid(string name, ElementType type, byte[] raw, string said)
    {
        using var served = new ServedModels();
        await served.DeployAsync("e", Models.Echo(type));
        var header = Encoding.UTF8.GetBytes(X("[1,2]", name, null, null, $"\"parameters\":{{\"binary_data_size\":{raw.Length}}}"));
        var request = Request([.. header, .. raw], "application/octet-stream") with { InferenceHeaderContentLength = header.Length.ToString() };
        Assert.Contains(said, Problem(await served.Predictor.InferAsync("e", request, Cancel), 400).Detail);
    }

    [Fact]
    public async Task Infer_BytesThatBelongToNoInput_AreSaid()
    {
        using var served = new ServedModels();
        await served.DeployAsync("e", Models.Echo(ElementType.Float));
        var header = Encoding.UTF8.GetBytes(X("[1,2]", "FP32", "[1,2]"));
        var request = Request([.. header, 1, 2, 3], "application/octet-stream") with { InferenceHeaderContentLength = header.Length.ToString() };
        Assert.Contains("3 bytes behind the JSON part", Problem(await served.Predictor.InferAsync("e", request, Cancel), 400).Detail);
    }

    [Fact]
    public async Task Infer_OtherEncodings_AreSaidAndTheMarkOfUtf8IsTaken()
    {
        using var served = new ServedModels();
        await served.DeployAsync("e", Models.Echo(ElementType.Float));
        var body = X("[1,2]", "FP32", "[1,2]");
        foreach (var encoding in new Encoding[] { new UnicodeEncoding(false, true), new UnicodeEncoding(true, false), new UTF32Encoding(false, true) })
            Assert.Contains("UTF-16", Problem(await served.Predictor.InferAsync("e", Request([.. encoding.GetPreamble(), .. encoding.GetBytes(body)], "application/json"), Cancel), 400).Detail);
        Good(await served.Predictor.InferAsync("e", Request([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(body)], "application/json"), Cancel));
        await served.DeployAsync("t", Models.Echo(ElementType.String));
        Problem(await served.Predictor.InferAsync("t", Request([.. Encoding.UTF8.GetBytes("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"BYTES\",\"data\":[\""), 0xc3, 0x28, .. Encoding.UTF8.GetBytes("\",\"\"]}]}")], "application/json"), Cancel), 400);
        Assert.Contains("surrogate", Problem(await served.InferAsync("t", "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"BYTES\",\"data\":[\"\\uDC00\",\"\"]}]}"), 400).Detail);
    }

    [Fact]
    public async Task Infer_Body_IsBoundedHoweverItComes()
    {
        using var served = new ServedModels(options => options with { MaxBodyBytes = 10_000 });
        await served.DeployAsync("e", Models.Echo(ElementType.Float));
        var body = X("[1,2]", "FP32", "[1,2]");
        Assert.Equal("too_large", Problem(await served.Predictor.InferAsync("e", Json(body) with { ContentLength = 10_001 }, Cancel), 413).Code);
        using var endless = new EndlessStream();
        Problem(await served.Predictor.InferAsync("e", new WireRequest { Body = endless, ContentType = "application/json" }, Cancel), 413);
        Assert.True(endless.Given <= 20_000, $"{endless.Given} bytes were read of a body without end.");
        Assert.Contains("ended after", Problem(await served.Predictor.InferAsync("e", Json(body) with { ContentLength = body.Length + 5 }, Cancel), 400).Detail);
        Problem(await served.Predictor.InferAsync("e", Json(body) with { ContentLength = body.Length - 5 }, Cancel), 400);
        Good(await served.Predictor.InferAsync("e", Json(body) with { ContentLength = null }, Cancel));
        Assert.Equal("unsupported_media_type", Problem(await served.Predictor.InferAsync("e", Json(body) with { ContentEncoding = "gzip" }, Cancel), 415).Code);
        Assert.Equal(0, served.Budget.Held);
    }

    [Fact]
    public async Task Infer_BodiesBeyondTheHostsBudget_AreAskedToComeAgain()
    {
        using var served = new ServedModels(options => options with { MaxBufferedBytes = 1000 });
        await served.DeployAsync("e", Models.Echo(ElementType.Float));
        var reply = await served.InferAsync("e", X("[1,2]", "FP32", "[1,2]"));
        Assert.True(Problem(reply, 429).Retryable);
        Assert.Contains(reply.Headers, header => header.Key == "Retry-After");
        Assert.Equal(0, served.Budget.Held);
    }

    private static string X(string shape, string? type, string? data, string? more = null, string? inner = null) =>
        $"{{{(more is null ? "" : more + ",")}\"inputs\":[{Tensor(shape, type, data, inner)}]}}";

    private static string Tensor(string shape, string? type, string? data, string? inner = null) =>
        $"{{\"name\":\"x\",\"shape\":{shape},\"datatype\":{(type is null ? "3" : $"\"{type}\"")}{(inner is null ? "" : "," + inner)}{(data is null ? "" : $",\"data\":{data}")}}}";

    /// <summary>A body that never ends.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
