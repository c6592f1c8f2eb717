using FsCheck;
using FsCheck.Fluent;
using Serverless.Cli.Jobs;

namespace Serverless.Client.Tests.Cli;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("python3 train.py", "python3", "train.py")]
    [InlineData("  a \t b\n", "a", "b")]
    [InlineData("a 'b c' d", "a", "b c", "d")]
    [InlineData("a \"b c\" d", "a", "b c", "d")]
    [InlineData("a '' \"\"", "a", "", "")]
    [InlineData("a'b'\"c\"d", "abcd")]
    [InlineData(@"a\ b c\\d \'", "a b", @"c\d", "'")]
    [InlineData("\"a \\\"b\\\" \\\\ \\n\"", "a \"b\" \\ \\n")]
    [InlineData("'a \"b\" \\ $HOME `x` | ;'", "a \"b\" \\ $HOME `x` | ;")]
    [InlineData("grep ^a$ --x=$", "grep", "^a$", "--x=$")]
    [InlineData("größe 日本語", "größe", "日本語")]
    public void Split_GoodText_Words(string text, params string[] words) => Assert.Equal(words, ShellWords.Split(text));

    [Theory]
    [InlineData("", "no words")]
    [InlineData("   ", "no words")]
    [InlineData("a 'b", "' at character 3 is not closed")]
    [InlineData("a \"b", "\" at character 3 is not closed")]
    [InlineData("a \\", "ends in a backslash")]
    [InlineData("a | b", "| at character 3")]
    [InlineData("a > log", "> at character 3")]
    [InlineData("a; b", "; at character 2")]
    [InlineData("a && b", "& at character 3")]
    [InlineData("a $HOME", "$ at character 3")]
    [InlineData("a \"${X}\"", "$ at character 4")]
    [InlineData("a $(b)", "$ at character 3")]
    [InlineData("a `b`", "` at character 3")]
    public void Split_TextThatOnlyAShellUnderstands_SaysWhereAndWhatToDo(string text, string what) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => ShellWords.Split(text)).Message);

    [Fact]
    public void Split_JoinedWords_AreTheWords() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<NonNull<string>>>(),
        words =>
        {
            string[] expected = [.. words.Get.Select(word => word.Get)];
            return ShellWords.Split(ShellWords.Join(expected)).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
}
