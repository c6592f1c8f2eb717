using FsCheck;
using FsCheck.Fluent;
using Serverless.Core.Documents.Rows;

namespace Serverless.Orchestrations.Tests.Documents.Rows;

public sealed class RowKeysTests
{
    [Fact]
    public void Escape_AnyTwoTexts_GiveTwoKeys() => Prop.ForAll<string, string>((a, b) =>
        (a == b) == (RowRules.Escape(a ?? "") == RowRules.Escape(b ?? "")) || (a ?? "") == (b ?? "")).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("job-0_A", "job-0_A")]
    [InlineData("a/b", "a=002fb")]
    [InlineData("=", "=003d")]
    [InlineData("\u65e5", "=65e5")]
    public void Escape_Text_IsAKey(string text, string expected) => Assert.Equal(expected, RowRules.Escape(text));

    [Fact]
    public void Escape_LoneSurrogate_IsAKey() => Assert.Equal("=d800", RowRules.Escape("\ud800"));

    [Fact]
    public void Escape_LongText_IsItsHash()
    {
        Assert.Equal(256, RowRules.Escape(new string('x', 256)).Length);
        Assert.StartsWith("=~", RowRules.Escape(new string('x', 257)), StringComparison.Ordinal);
        Assert.NotEqual(RowRules.Escape(new string('x', 257)), RowRules.Escape(new string('x', 258)));
    }

    [Fact]
    public void Place_Newer_SortsBefore() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().ToArbitrary(), pair =>
        Math.Sign(string.CompareOrdinal(NewestFirst.Place(pair.Item1, "x"), NewestFirst.Place(pair.Item2, "x"))) == Math.Sign(pair.Item2.CompareTo(pair.Item1)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Place_ReadBack_IsItsTime()
    {
        var place = NewestFirst.Place(639_000_000_000_000_000, "job-1");
        Assert.True(NewestFirst.IsPlace(place));
        Assert.Equal(639_000_000_000_000_000, NewestFirst.CreatedTicks(place));
        Assert.Equal("8584372036854775807-", place[..20]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8584372036854775807")]
    [InlineData("8584372036854775807-0000000G")]
    [InlineData("-584372036854775807-00000000")]
    [InlineData("9999999999999999999-00000000")]
    [InlineData("8584372036854775807-00000000 ")]
    public void IsPlace_OtherText_IsNot(string text) => Assert.False(NewestFirst.IsPlace(text));

    [Fact]
    public void Sought_AnyPartOfAText_IsAmongItsTrigrams() => Prop.ForAll<NonNull<string>, int, int>((text, from, length) =>
    {
        var start = Math.Abs(from % (text.Get.Length + 1));
        var part = text.Get.Substring(start, Math.Abs(length % (text.Get.Length - start + 1)));
        return Trigrams.Contains(text.Get, "", part) && Trigrams.Sought(part).All(Trigrams.Of(text.Get, "").Contains);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ab", 0)]
    [InlineData("abc", 1)]
    [InlineData("ABCD", 2)]
    [InlineData("abcdefghijk", 4)]
    [InlineData("aaaaaaaaaaa", 1)]
    public void Sought_Part_IsAFew(string part, int count) => Assert.Equal(count, Trigrams.Sought(part).Count);

    [Fact]
    public void SplitAndJoin_AnyLength_ComeBack()
    {
        foreach (var length in new[] { 0, 1, RowRules.MaxPieceBytes - 1, RowRules.MaxPieceBytes, RowRules.MaxPieceBytes + 1, 1_048_576 })
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            Assert.Equal(bytes, RowRules.Join(RowRules.Split(bytes)));
        }
    }
}
