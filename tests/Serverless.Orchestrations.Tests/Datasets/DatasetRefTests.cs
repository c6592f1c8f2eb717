using Serverless.Contracts.Content;
using Serverless.Core.Datasets;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Tests.Datasets;

public sealed class DatasetRefTests
{
    [Theory]
    [InlineData("digits", "digits", null)]
    [InlineData("digits@latest", "digits", null)]
    [InlineData("digits@0123456789abcdef", "digits", "0123456789abcdef")]
    public void Parse_Good_SplitsNameAndVersion(string text, string name, string? version) =>
        Assert.Equal(new DatasetRef(name, version), DatasetRef.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Digits")]
    [InlineData("../x")]
    [InlineData("a@")]
    [InlineData("a@1234567")]
    [InlineData("a@ABCDEF12")]
    [InlineData("a@b@c")]
    [InlineData("a@../../etc")]
    [InlineData("-rf")]
    [InlineData("%2e%2e%2f")]
    public void Parse_Bad_SaysWhatAndTheCure(string text)
    {
        var error = Assert.Throws<ServerlessException>(() => DatasetRef.Parse(text));

        Assert.NotEmpty(error.Errors);
        Assert.All(error.Errors, field => Assert.NotEmpty(field.Cure));
    }

    [Fact]
    public void Hash_AnyOrder_IsThePublishedOne()
    {
        ContentFile[] files = [new("b.csv", new string('2', 64), 5), new("a/x.csv", new string('1', 64), 3)];

        // printf '1…1 a/x.csv\n2…2 b.csv\n' | sha256sum
        const string expected = "f5dca7b2cc274ea89f90a01c51bf0d82e3b56ed3d73e437d0cd5229ae08ebbf8";
        Assert.Equal(expected, DatasetVersions.Hash(files));
        Assert.Equal(expected, DatasetVersions.Hash(files.Reverse()));
        Assert.NotEqual(expected, DatasetVersions.Hash([files[0]]));
    }
}
