using FsCheck;
using FsCheck.Fluent;
using Serverless.Core.Names;
using Serverless.Core.Secrets;

namespace Serverless.Orchestrations.Tests.Secrets;

public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("db-password", "db-password")]
    [InlineData("a.b_c", "a-0db-0uc")]
    [InlineData("a-0d", "a-0-0d")]
    [InlineData("a-", "a-")]
    [InlineData("A", null)]
    [InlineData("../a", null)]
    [InlineData("", null)]
    public void InVault_Name_IsThis(string name, string? expected) => Assert.Equal(expected, SecretNames.InVault(name));

    [Fact]
    public void InVault_TooLong_IsNull()
    {
        Assert.NotNull(SecretNames.InVault(new string('a', 127)));
        Assert.Null(SecretNames.InVault(new string('a', 128)));
        Assert.Null(SecretNames.InVault("a" + string.Concat(Enumerable.Repeat("_", 43))));
    }

    [Fact]
    public void InVault_AnyTwoNames_GiveTwo()
    {
        var names = Gen.Elements('a', '0', 'd', 'u', '-', '.', '_').ListOf(6).Select(chars => "a" + string.Concat(chars)).Where(NameRules.IsName);
        Prop.ForAll(names.Two().ToArbitrary(), pair => (pair.Item1 == pair.Item2) == (SecretNames.InVault(pair.Item1) == SecretNames.InVault(pair.Item2)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        Prop.ForAll(names.ToArbitrary(), name => SecretNames.InVault(name)!.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')).QuickCheckThrowOnFailure();
    }
}
