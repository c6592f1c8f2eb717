using System.Security.Cryptography;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Tests.Artifacts;

public sealed class ArtifactConflictsTests
{
    private static readonly ArtifactPath Path = ArtifactPath.Parse("a/b/c");

    [Fact]
    public void Above_Path_IsEachFolderNearestFirst() => Assert.Equal(["a/b", "a"], ArtifactConflicts.Above(Path));

    [Fact]
    public void Above_PathWithoutFolder_IsNone() => Assert.Empty(ArtifactConflicts.Above(ArtifactPath.Parse("a")));

    [Theory]
    [InlineData("0x8D1", true)]
    [InlineData("", false)]
    [InlineData("a\"b", false)]
    [InlineData("a\r\nb", false)]
    [InlineData("é", false)]
    public void IsETag_Text_IsVisibleAscii(string text, bool expected) => Assert.Equal(expected, ArtifactConflicts.IsETag(text));

    [Fact]
    public void ContentCheck_RightContent_Passes()
    {
        using var check = new ContentCheck(Path, new PutOptions { MaxBytes = 5, Sha256 = Convert.ToHexStringLower(SHA256.HashData("hello"u8)) });
        check.Add("he"u8);
        check.Add("llo"u8);
        check.Finish();
        Assert.Equal(5, check.SizeBytes);
    }

    [Fact]
    public void ContentCheck_WrongContent_IsRefused()
    {
        using var check = new ContentCheck(Path, new PutOptions { MaxBytes = 5, Sha256 = new string('0', 64) });
        check.Add("hello"u8);
        Assert.Equal(ProblemCodes.HashMismatch, Assert.Throws<ServerlessException>(check.Finish).Code);
        Assert.Equal(ProblemCodes.TooLarge, Assert.Throws<ServerlessException>(() => check.Add("!"u8)).Code);
    }
}
