using Serverless.Cli.Demo;
using Serverless.Cli.Endpoints;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

public sealed class TextTests
{
    [Theory]
    [InlineData("accuracy>=0.93", "accuracy", GateOperator.AtLeast, 0.93)]
    [InlineData("accuracy ≥ 0.93", "accuracy", GateOperator.AtLeast, 0.93)]
    [InlineData("loss<=1e-3", "loss", GateOperator.AtMost, 0.001)]
    [InlineData("loss ≤ -1", "loss", GateOperator.AtMost, -1)]
    [InlineData("f1>0", "f1", GateOperator.Above, 0)]
    [InlineData("val loss<2", "val loss", GateOperator.Below, 2)]
    public void Gate_GoodText_Read(string text, string metric, GateOperator comparison, double threshold)
    {
        var gate = GateText.Parse(text);

        Assert.Equal(new GateSpec(metric, comparison, threshold), gate);
        Assert.Equal(gate, GateText.Parse(GateText.Write(gate)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("accuracy")]
    [InlineData("accuracy=0.9")]
    [InlineData(">=0.9")]
    [InlineData("a>=")]
    [InlineData("a>=b")]
    [InlineData("a>=NaN")]
    [InlineData("a>=1e400")]
    [InlineData("a>=0,9,1")]
    public void Gate_OtherText_CureSaysTheForm(string text) => Assert.Contains("'accuracy>=0.93'", Assert.Throws<FormatException>(() => GateText.Parse(text)).Message);

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("2h", 7_200)]
    [InlineData("1d", 86_400)]
    [InlineData("0", 0)]
    public void Seconds_GoodText_Read(string text, int seconds) => Assert.Equal(seconds, JobTexts.Seconds(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("-1")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData("99999999d")]
    public void Seconds_OtherText_Refused(string text) => Assert.Throws<FormatException>(() => JobTexts.Seconds(text));

    [Fact]
    public void Row_ValuesOfAllKinds_Read()
    {
        var row = RowText.Parse("a=1,b=red,c=,d=\"1\",e=\"one, \"\"two\"\"\",f=-1.5e3, g = x y ,h=a=b");

        Assert.Equal(new Dictionary<string, object?> { ["a"] = 1.0, ["b"] = "red", ["c"] = null, ["d"] = "1", ["e"] = "one, \"two\"", ["f"] = -1500.0, ["g"] = "x y", ["h"] = "a=b" }, row);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("=1")]
    [InlineData("a=1,a=2")]
    [InlineData("a=\"x")]
    [InlineData("a=\"x\"y")]
    public void Row_OtherText_CureSaysTheForm(string text) => Assert.Contains("a=1,b=red", Assert.Throws<CliException>(() => RowText.Parse(text)).Cure);

    [Theory]
    [InlineData("--json", "{\"a\":1}", "{\"rows\":[{\"a\":1}]}")]
    [InlineData("--json", "[{\"a\":1},{\"a\":2}]", "{\"rows\":[{\"a\":1},{\"a\":2}]}")]
    [InlineData("--json", "{\"rows\":[{\"a\":1}]}", "{\"rows\":[{\"a\":1}]}")]
    [InlineData("--file", "rows.csv", "a,b\n1,2\n")]
    [InlineData("--file", "rows.json", "{\"rows\":[{\"a\":1}]}")]
    [InlineData("--file", "-", "c\n3\n")]
    public async Task Predict_EachSource_ReachesTheEndpoint(string option, string value, string body)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var api = await FakeApi.StartAsync(cancel);
        api.On("POST", Routes.Predict, new PredictResponse("m@1", []), ContractsJson.Default.PredictResponse);
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["rows.csv"], "a,b\n1,2\n", cancel);
        await File.WriteAllTextAsync(folder["rows.json"], "{\"a\":1}", cancel);

        var run = await CliRun.WithAsync(new Dictionary<string, string> { ["SERVERLESS_URL"] = api.Address.ToString() }, folder.Path, "c\n3\n", "predict", "digits", option, value, "-o", "json");

        Assert.Equal(0, run.ExitCode);
        var request = Assert.Single(api.Requests);
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(request.Body));
        Assert.Equal(value is "rows.csv" or "-" ? "text/csv" : "application/json", request.Headers["Content-Type"]);
    }

    [Fact]
    public void Digits_Divided_EveryFifthRowIsAsideWithoutItsLabel()
    {
        var csv = "p0,p1,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i},{i * 2},{i % 10}\r\n"));

        var digits = DigitsSplit.Of(csv);

        Assert.Equal(["4", "9"], digits.Truth);
        Assert.Equal("p0,p1\n4,8\n9,18\n", System.Text.Encoding.UTF8.GetString(digits.Aside));
        Assert.Equal("p0,p1\n4,8\n", System.Text.Encoding.UTF8.GetString(digits.First()));
        Assert.Equal(10, digits.UploadRows);
        Assert.DoesNotContain("4,8,4", System.Text.Encoding.UTF8.GetString(digits.Upload));
    }
}
