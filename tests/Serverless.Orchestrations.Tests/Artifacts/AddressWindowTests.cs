using Serverless.Core.Artifacts;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Tests.Artifacts;

public sealed class AddressWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, 500, TimeSpan.Zero);

    [Fact]
    public void ForKey_AnyTime_SpansSevenDaysAndBeginsBeforeNow()
    {
        var key = AddressWindow.ForKey(Now);
        Assert.True(key.Start <= Now - TimeSpan.FromMinutes(15));
        Assert.True(key.End - key.Start <= TimeSpan.FromDays(7));
        Assert.Equal(0, key.End.Millisecond);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(86_400)]
    public void ForAddress_Lifetime_IsAtLeastThatAndASecondMoreAtMost(int seconds)
    {
        var lives = AddressWindow.ForAddress(Now, TimeSpan.FromSeconds(seconds)).End - Now;
        Assert.InRange(lives.TotalSeconds, seconds, seconds + 1);
    }

    [Fact]
    public void ForAddress_SevenDays_EndsWithTheKey()
    {
        var address = AddressWindow.ForAddress(Now, TimeSpan.FromDays(7));
        Assert.Equal(AddressWindow.ForKey(Now), address);
        Assert.True(AddressWindow.ForKey(Now).Covers(address, Now));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(604_801)]
    public void ForAddress_OutOfBounds_IsRefused(int seconds) =>
        Assert.Throws<ServerlessException>(() => AddressWindow.ForAddress(Now, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Covers_KeyThatEndsBefore_DoesNot()
    {
        var key = AddressWindow.ForKey(Now);
        var later = Now + TimeSpan.FromDays(6.9);
        Assert.True(key.Covers(AddressWindow.ForAddress(later, TimeSpan.FromMinutes(5)), later));
        Assert.False(key.Covers(AddressWindow.ForAddress(later, TimeSpan.FromHours(5)), later));
        Assert.False(key.Covers(AddressWindow.ForAddress(Now, TimeSpan.FromMinutes(5)), Now - TimeSpan.FromDays(1)));
    }
}
