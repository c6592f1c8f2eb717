using System.Text;
using System.Text.Json;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;
using Serverless.Onnx.Graphs;
using static Serverless.Functions.Tests.Inference.ServedModels;

namespace Serverless.Functions.Tests.Inference;

public sealed class PredictTests
{
    private const string Header = "height,width,colour\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_Rows_AnswersLabelAndProbabilitiesByClass()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var answer = Read(await served.PredictAsync("flowers", """{"rows":[{"height":3,"width":1,"colour":"blue"},{"colour":"red","width":"2.5","height":null}]}"""));
        Assert.Equal("flowers@1", answer.Model);
        Assert.Equal(["rose", "oxe,ye"], answer.Predictions.Select(row => row.Label!.Value.GetString()));
        Assert.Equal(Models.Classes, answer.Predictions[0].Probabilities!.Keys);
        var scores = new[] { Math.Exp(3), Math.Exp(1), Math.Exp(0) };
        Assert.Equal(scores.Select(score => score / scores.Sum()), answer.Predictions[0].Probabilities!.Values, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public async Task Predict_JsonAndCsv_AnswerTheSame()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var fromJson = Good(await served.PredictAsync("flowers", """[{"height":3,"width":1,"colour":"re\"d"},{"height":null,"width":-2,"colour":"red"},{"height":1,"width":2e0,"colour":"a,b\nc"},{"height":null,"width":0.5,"colour":null}]"""));
        var fromCsv = Good(await served.PredictCsvAsync("flowers", "\ufeffcolour,height,width\r\n\"re\"\"d\",3,1\r\n\r\nred,,-2\n\"a,b\nc\", 1 ,+2\n,NaN,0.5"));
        Assert.Equal(fromJson, fromCsv);
    }

    [Fact]
    public async Task Predict_AcceptCsv_AnswersCellsThatNoSpreadsheetRuns()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var lines = Good(await served.PredictCsvAsync("flowers", Header + "0,9,x\n0,0,red\n", "text/csv, application/json")).Split("\r\n");
        Assert.Equal("label,probability_rose,probability_=tulip,\"probability_oxe,ye\"", lines[0]);
        Assert.StartsWith("'=tulip,", lines[1]);
        Assert.StartsWith("\"oxe,ye\",", lines[2]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task Predict_OtherModels_AnswerTheirValueOrTheirOutputs()
    {
        using var served = new ServedModels();
        await served.DeployAsync("plus", Models.Plus(1));
        await served.DeployAsync("wide", Models.Plus(1, 2));
        await served.DeployAsync("flag", Models.Echo(ElementType.Bool, 1));
        await served.DeployAsync("count", Models.Echo(ElementType.UInt8, 1));
        Assert.Equal("""{"model":"plus@1","predictions":[{"label":42}]}""", Good(await served.PredictAsync("plus", """[{"x":41}]""")));
        Assert.Equal("""{"model":"wide@1","predictions":[{"outputs":{"y":[2,3]}},{"outputs":{"y":[4,"NaN"]}}]}""", Good(await served.PredictAsync("wide", """[{"x":[1,2]},{"x":[[3],[null]]}]""")));
        Assert.Equal("""{"model":"flag@1","predictions":[{"label":true},{"label":false},{"label":true}]}""", Good(await served.PredictAsync("flag", """[{"x":true},{"x":0},{"x":"True"}]""")));
        Assert.Equal("""{"model":"count@1","predictions":[{"label":255},{"label":0}]}""", Good(await served.PredictAsync("count", """[{"x":255},{"x":"0"}]""")));
    }

    [Theory]
    [InlineData("{}", "no rows")]
    [InlineData("{\"rows\":[]}", "no rows")]
    [InlineData("[]", "no rows")]
    [InlineData("3", "neither an object")]
    [InlineData("[3]", "not an object")]
    [InlineData("{\"rows\":{}}", "not an array")]
    [InlineData("{\"row\":[]}", "member 'row'")]
    [InlineData("{\"rows\":[],\"rows\":[]}", "'rows' is there twice")]
    [InlineData("[{\"height\":1,\"width\":1}]", "'colour' is missing")]
    [InlineData("[{\"height\":1,\"width\":1,\"colour\":\"\",\"Colour\":\"\"}]", "no column 'Colour'")]
    [InlineData("[{\"height\":1,\"width\":1,\"colour\":\"\",\"height\":2}]", "'height' is there twice")]
    [InlineData("[{\"height\":\"tall\",\"width\":1,\"colour\":\"\"}]", "'tall' of the column 'height'")]
    [InlineData("[{\"height\":1e400,\"width\":1,\"colour\":\"\"}]", "'1e400' of the column 'height'")]
    [InlineData("[{\"height\":[1],\"width\":{},\"colour\":\"\"}]", "'width' takes one value")]
    [InlineData("[{\"height\":1,\"width\":1,\"colour\":\"\\uD800\"}]", "surrogate")]
    [InlineData("[{\"height\":1,\"width\":NaN,\"colour\":\"\"}]", "not JSON")]
    [InlineData("[{\"height\":1,\"width\":1,\"colour\":\"\"}", "not JSON")]
    public async Task Predict_BadRows_AreSaidWithTheirPlace(string body, string said)
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var problem = Problem(await served.PredictAsync("flowers", body), 400);
        Assert.True(problem.Errors!.Any(error => error.Message.Contains(said)), string.Join(" ", problem.Errors!.Select(error => error.Message)));
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData(Header, "no rows below")]
    [InlineData("height,width\n1,2\n", "'colour' is missing")]
    [InlineData("height,width,colour,label\n1,2,red,rose\n", "no column 'label'")]
    [InlineData("height,width,colour,width\n1,2,red,2\n", "'width' is there twice")]
    [InlineData("height;width;colour\n1;2;red\n", "no column 'height;width;colour'")]
    [InlineData(Header + "1,2\n", "has 2 cells; the header has 3")]
    [InlineData(Header + "1,2,red,4\n", "has 4 cells; the header has 3")]
    [InlineData(Header + "1,2,\"red\n", "quote")]
    [InlineData(Header + "1,2,\"red\"x\n", "quote")]
    [InlineData(Header + "1,2 m,red\n", "'2 m' of the column 'width'")]
    [InlineData(Header + "1,1e400,red\n", "'1e400' of the column 'width'")]
    public async Task Predict_BadCsv_IsSaidWithItsPlace(string csv, string said)
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var problem = Problem(await served.PredictCsvAsync("flowers", csv), 400);
        Assert.True(problem.Errors!.Any(error => error.Message.Contains(said)), string.Join(" ", problem.Errors!.Select(error => error.Message)));
    }

    [Fact]
    public async Task Predict_ManyErrors_AreAllCountedAndBounded()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var problem = Problem(await served.PredictAsync("flowers", $"[{string.Join(",", Enumerable.Repeat("{\"size\":1}", 500))}]"), 400);
        Assert.Contains("2000 errors", problem.Detail);
        Assert.Equal(100, problem.Errors!.Count);
        Assert.Equal(["rows[0].size", "rows[0].height", "rows[0].width", "rows[0].colour", "rows[1].size"], problem.Errors.Take(5).Select(error => error.Path));
    }

    [Fact]
    public async Task Predict_TooManyRows_AreRefused()
    {
        using var served = new ServedModels(options => options with { MaxRows = 3 });
        await served.DeployAsync("plus", Models.Plus(1));
        Good(await served.PredictAsync("plus", """[{"x":1},{"x":2},{"x":3}]"""));
        Assert.Contains("limit", Problem(await served.PredictAsync("plus", """{"rows":[{"x":1},{"x":2},{"x":3},{"x":4},{"x":5}]}"""), 400).Detail);
        Assert.Contains("limit", Problem(await served.PredictCsvAsync("plus", "x\n1\n2\n3\n4\n"), 400).Detail);
    }

    [Fact]
    public async Task Predict_OtherBodies_AreRefusedByTheirType()
    {
        using var served = new ServedModels();
        await served.DeployAsync("plus", Models.Plus(1));
        Problem(await served.Predictor.PredictAsync("plus", Request("x\n1"u8.ToArray(), "application/xml"), Cancel), 415);
        Problem(await served.Predictor.PredictAsync("plus", Request("x\n1"u8.ToArray(), "text/csvx"), Cancel), 415);
        Assert.Contains("UTF-8", Problem(await served.Predictor.PredictAsync("plus", Request([(byte)'x', (byte)'\n', 0xff], "text/csv; charset=utf-8"), Cancel), 400).Detail);
        Assert.Contains("UTF-16", Problem(await served.Predictor.PredictAsync("plus", Request(Encoding.Unicode.GetBytes("x\n1"), "text/csv"), Cancel), 400).Detail);
    }

    [Fact]
    public async Task Predict_ModelWithoutRows_SaysWhatToCallInstead()
    {
        using var served = new ServedModels();
        await served.DeployAsync("loop", Models.Loop());
        Assert.Contains("/infer", Problem(await served.PredictAsync("loop", """[{"x":1},{"x":1}]"""), 422).Detail);
    }

    private static PredictResponse Read(Core.Endpoints.WireReply reply)
    {
        Good(reply);
        return JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.PredictResponse)!;
    }
}
