using Serverless.Local.Options;

namespace Serverless.Functions.Tests.Local;

public sealed class LocalOptionsTests
{
    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var (options, errors) = LocalOptionsReader.Read([], name => name == "SERVERLESS_HOME" ? "/data" : null);
        Assert.Empty(errors);
        Assert.Equal(("/data", "http://127.0.0.1:5080/", 2, 0.10m, "USD"), (options!.DataFolder, options.Url.ToString(), options.MaxNodes, options.PricePerHour, options.Currency));
    }

    [Theory]
    [InlineData("--nothing")]
    [InlineData("--data")]
    [InlineData("--data=")]
    [InlineData("--max-nodes", "0")]
    [InlineData("--max-nodes", "1.5")]
    [InlineData("--max-nodes", "1", "--max-nodes", "2")]
    [InlineData("--urls", "http://0.0.0.0:5080")]
    [InlineData("--urls", "http://10.0.0.1:5080")]
    [InlineData("--urls", "https://127.0.0.1:5080")]
    [InlineData("--urls", "http://127.0.0.1:5080;http://127.0.0.1:5081")]
    [InlineData("--urls", "http://example.com:80", "--allow-remote")]
    [InlineData("--price-per-hour", "-1")]
    [InlineData("--currency", "usd")]
    [InlineData("--agent", "/nowhere/agent")]
    [InlineData("--host-names", "a b")]
    [InlineData("--allow-remote=yes")]
    public void Read_WrongOption_SaysWhich(params string[] arguments)
    {
        var (options, errors) = LocalOptionsReader.Read(arguments, _ => null);
        Assert.Null(options);
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains('\'', error));
    }

    [Fact]
    public void Read_SeveralWrongOptions_SaysAllOfThem()
    {
        var (_, errors) = LocalOptionsReader.Read(["--x", "--max-nodes", "many", "--currency", "?"], _ => null);
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public void Read_AddressOfAllMachines_NeedsToBeAllowed() =>
        Assert.NotNull(LocalOptionsReader.Read(["--urls", "http://0.0.0.0:0", "--allow-remote", "--host-names", "ml.example, box"], _ => null).Options);
}
