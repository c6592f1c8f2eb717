using Serverless.Client.Experiments;
using Serverless.Contracts.Experiments;

namespace Serverless.Client.Tests.Sdk;

public sealed class ComparisonTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("1e400", "1e400")]
    [InlineData("NaN", "NaN")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-1+cmd|' /C calc'!A0", "\"'-1+cmd|' /C calc'!A0\"")]
    [InlineData("+x", "'+x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("a\r\nb", "a\\u{d}\\u{a}b")]
    [InlineData("\t=1", "\\u{9}=1")]
    [InlineData("a\u202eb", "a\\u{202e}b")]
    [InlineData(null, "")]
    public void ToCsv_Cell_IsACellAndNoFormula(string? cell, string expected) =>
        Assert.Equal($"kind,run,parameter.x\r\njob,job-1,{expected}\r\n", ComparisonText.ToCsv(Table("x", cell)));

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))")]
    [InlineData("![](http://h/x.png)", "\\!\\[\\](http://h/x.png)")]
    [InlineData("a\nb", "a\\\\u{a}b")]
    [InlineData("**b** `c` &amp;", "\\*\\*b\\*\\* \\`c\\` &amp;amp;")]
    [InlineData(null, "–")]
    public void ToMarkdown_Cell_IsACellAndNoMarkup(string? cell, string expected) =>
        Assert.Equal($"# digits\n\n| kind | run | parameter.x |\n| --- | --- | --- |\n| job | job-1 | {expected} |\n\nA note.\n", ComparisonText.ToMarkdown(Table("x", cell)));

    [Fact]
    public void ToCsv_Header_IsSafeToo() => Assert.StartsWith("kind,run,\"parameter.a,\"\"b\\u{a}\"\r\n", ComparisonText.ToCsv(Table("a,\"b\n", "1")));

    private static ExperimentComparison Table(string name, string? cell) => new()
    {
        Experiment = "digits",
        Columns = [new ComparedColumn(ColumnGroup.Parameter, name, true)],
        Runs = [new ComparedRun(RunKind.Job, "job-1", "one", [cell])],
        Notes = ["A note."],
    };
}
