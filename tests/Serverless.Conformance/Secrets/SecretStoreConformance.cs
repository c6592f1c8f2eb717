using Serverless.Core.Secrets;

namespace Serverless.Conformance.Secrets;

/// <summary>What every secret store keeps.</summary>
public abstract class SecretStoreConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The store that is tested.</summary>
    protected abstract ISecretStore Store { get; }

    /// <summary>Puts a secret where the store finds it.</summary>
    protected abstract Task GivenAsync(string name, string value);

    [Theory]
    [InlineData("conformance-plain", "value")]
    [InlineData("conformance.dotted_1", "with spaces, \"quotes\" = and ünïcode")]
    public async Task Get_SecretThatIsThere_IsItsExactText(string name, string value)
    {
        await GivenAsync(name, value);

        Assert.Equal(value, await Store.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task Get_SecretThatIsReplaced_IsTheNewText()
    {
        await GivenAsync("conformance-rotated", "old");
        Assert.Equal("old", await Store.GetAsync("conformance-rotated", Cancel));

        await GivenAsync("conformance-rotated", "new");

        Assert.Equal("new", await Store.GetAsync("conformance-rotated", Cancel));
    }

    [Theory]
    [InlineData("conformance-none")]
    [InlineData("")]
    [InlineData("../conformance-plain")]
    [InlineData("/etc/hostname")]
    [InlineData("PATH")]
    [InlineData("a\0b")]
    public async Task Get_NoSecretOfThatName_IsNull(string name) => Assert.Null(await Store.GetAsync(name, Cancel));
}
