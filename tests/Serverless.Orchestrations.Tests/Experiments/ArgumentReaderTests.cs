using Serverless.Core.Experiments.Runs;

namespace Serverless.Orchestrations.Tests.Experiments;

public sealed class ArgumentReaderTests
{
    [Theory]
    [InlineData("--lr 0.1 --epochs=20", "lr=0.1 epochs=20")]
    [InlineData("-lr 0.1 -v", "lr=0.1 v=true")]
    [InlineData("--verbose --lr 0.1", "verbose=true lr=0.1")]
    [InlineData("--shift -3 --low=-1e-3 --by -.5", "shift=-3 low=-1e-3 by=-.5")]
    [InlineData("--layer 64 --layer 32", "layer=64,32")]
    [InlineData("fit data.csv --lr 1 more", "#1=fit #2=data.csv lr=1 #3=more")]
    [InlineData("--lr 1 -- --not-an-option -x", "lr=1 #1=--not-an-option #2=-x")]
    [InlineData("--empty= --last", "empty= last=true")]
    [InlineData("--expr a=b", "expr=a=b")]
    [InlineData("- --", "#1=-")]
    [InlineData("--=x -", "#1=--=x #2=-")]
    public void Read_AsPeopleMeanIt(string arguments, string expected) => Assert.Equal(expected, Words(arguments.Split(' ')));

    [Theory]
    [InlineData("--password hunter2", "password=***")]
    [InlineData("--api-key=abc", "api-key=***")]
    [InlineData("--hf_token abc --layers 3", "hf_token=*** layers=3")]
    [InlineData("--connection-string a;b", "connection-string=***")]
    [InlineData("--data https://x.blob.core.windows.net/a?sv=1&sig=abc", "data=***")]
    [InlineData("--db postgres://me:hunter2@host/db", "db=***")]
    [InlineData("https://u:p@h/", "#1=***")]
    [InlineData("--max-tokens 512 --tokenizer bert --key-size 3", "max-tokens=512 tokenizer=bert key-size=3")]
    [InlineData("--url https://host/a@b", "url=https://host/a@b")]
    public void Read_Secrets_AreHidden(string arguments, string expected) => Assert.Equal(expected, Words(arguments.Split(' ')));

    [Fact]
    public void Read_LongValues_StayShortAndApart()
    {
        var a = ArgumentReader.Read(["--x", new string('a', 50_000) + "1"])["x"][0];
        var b = ArgumentReader.Read(["--x", new string('a', 50_000) + "2"])["x"][0];
        Assert.NotEqual(a, b);
        Assert.True(a.Length <= ArgumentReader.MaxLength + 10, $"{a.Length}");
    }

    [Theory]
    [InlineData("python3 train.py --token abc --lr 1", "python3 train.py --token *** --lr 1")]
    [InlineData("run --secret=abc x", "run --secret=*** x")]
    [InlineData("curl https://a:b@c", "curl ***")]
    public void Show_Command_SecretsAreHidden(string command, string expected) => Assert.Equal(expected, string.Join(' ', SecretWords.Show(command.Split(' '))));

    private static string Words(string[] arguments) => string.Join(' ', ArgumentReader.Read(arguments).Select(pair => $"{pair.Key}={string.Join(',', pair.Value)}"));
}
