using System.Text.Json;
using Serverless.Agent.Clouds;
using Serverless.Agent.Leaving;
using Serverless.Agent.Metadata;
using Serverless.Agent.Options;

namespace Serverless.TrainingContainer.Tests.Agent.Metadata;

/// <summary>What the metadata service says, and what a node makes of it.</summary>
public sealed class MetadataPartsTests
{
    private static readonly DateTimeOffset T = new(2026, 9, 19, 18, 29, 0, TimeSpan.Zero);

    [Fact]
    public void Events_AsAzureWritesThem_AreRead()
    {
        const string document = """{"DocumentIncarnation":7,"Events":[{"EventId":"A","EventStatus":"Scheduled","EventType":"Preempt","ResourceType":"VirtualMachine","Resources":["sl_0","sl_1"],"NotBefore":"Sat, 19 Sep 2026 18:29:47 GMT","Description":"","EventSource":"Platform","DurationInSeconds":-1},{"EventId":"B","EventType":"Freeze","EventStatus":"Started","Resources":["sl_0"],"NotBefore":""}]}""";

        var events = ScheduledEvent.ParseAll(document);

        Assert.Equal(["A", "B"], events.Select(each => each.Id));
        Assert.Equal(["sl_0", "sl_1"], events[0].Resources);
        Assert.Equal(T.AddSeconds(47), events[0].NotBefore);
        Assert.Null(events[1].NotBefore);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Events":[{}]}""")]
    [InlineData("""{"Events":[7]}""")]
    [InlineData("<html>")]
    public void Events_ThatAreNone_AreJsonErrors(string document) => Assert.ThrowsAny<JsonException>(() => ScheduledEvent.ParseAll(document));

    [Theory]
    [InlineData("Preempt", "sl_0", true)]
    [InlineData("Terminate", "SL_0", true)]
    [InlineData("Reboot", "sl_0", true)]
    [InlineData("Redeploy", "sl_0", true)]
    [InlineData("Freeze", "sl_0", false)]
    [InlineData("Unheard", "sl_0", false)]
    [InlineData("Preempt", "sl_1", false)]
    public void Event_ByKindAndMachine_MakesTheNodeLeaveOrNot(string kind, string machine, bool leaves) =>
        Assert.Equal(leaves, EvictionRule.Decide([new ScheduledEvent("A", kind, [machine], T)], "sl_0") is not null);

    [Fact]
    public void Events_Several_TheEarliestCounts()
    {
        var notice = EvictionRule.Decide([new("A", "Terminate", ["x"], T.AddMinutes(5)), new("B", "Preempt", ["x"], T), new("C", "Freeze", ["x"], null)], "x");

        Assert.Equal(new LeaveNotice("Preempt", T, "B"), notice);
    }

    [Theory]
    [InlineData(300, 30, 30)]
    [InlineData(30, 30, 15)]
    [InlineData(30, 5, 5)]
    [InlineData(300, 3600, 280)]
    [InlineData(2, 30, 2)]
    [InlineData(0, 30, 2)]
    [InlineData(-60, 30, 2)]
    [InlineData(-60, 0, 0)]
    public void Grace_FitsIntoWhatIsLeft(int left, int asked, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), new LeaveNotice("Preempt", T.AddSeconds(left), "A").Grace(TimeSpan.FromSeconds(asked), T));

    [Fact]
    public void Token_AsAzureWritesIt_IsReadAndNotPrinted()
    {
        var token = IdentityToken.Parse("""{"access_token":"eyJ-secret","expires_in":"3599","expires_on":"1789842540","token_type":"Bearer"}""", T);

        Assert.Equal(("eyJ-secret", DateTimeOffset.FromUnixTimeSeconds(1789842540)), (token.Value, token.ExpiresAt));
        Assert.Equal(T.AddSeconds(60), IdentityToken.Parse("""{"access_token":"x","expires_in":60}""", T).ExpiresAt);
        Assert.DoesNotContain("secret", token.ToString(), StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => IdentityToken.Parse("""{"access_token":"x"}""", T));
        Assert.ThrowsAny<JsonException>(() => IdentityToken.Parse("""{"expires_in":60}""", T));
    }

    [Theory]
    [InlineData("7783-7084-3265-9085-8269-3286-77", "Microsoft Corporation", "Virtual Machine", "Azure")]
    [InlineData("", "Microsoft Corporation", "Virtual Machine", null)]
    [InlineData("Amazon EC2", "Amazon EC2", "m5.large", "Amazon EC2")]
    [InlineData("", "Google", "Google Compute Engine", "Google Compute Engine")]
    [InlineData("", "", "", null)]
    public void Cloud_OfAMachine_IsWhatItsFirmwareSays(string tag, string vendor, string product, string? cloud) => Assert.Equal(cloud, CloudMachine.Of(tag, vendor, product));

    [Theory]
    [InlineData("Azure", null, "http://169.254.169.254/")]
    [InlineData("Azure", "none", null)]
    [InlineData(null, null, null)]
    [InlineData(null, "http://127.0.0.1:5/", "http://127.0.0.1:5/")]
    public void Options_OnAMachine_AskItsOwnMetadataServiceUnlessToldOtherwise(string? cloud, string? asked, string? expected)
    {
        string[] more = asked is null ? [] : ["--metadata", asked];

        var options = AgentOptions.Parse(["--host", "http://h/", "--pool", "p", "--node", "n", "--data", "/d", .. more], "t", cloud, out _);

        Assert.Equal(expected, options?.Metadata?.ToString());
    }

    [Fact]
    public void Options_WithAnIdentityButNoMetadata_AreRefusedWithTheCure()
    {
        Assert.Null(AgentOptions.Parse(["--host", "http://h/", "--pool", "p", "--node", "metadata", "--data", "/d", "--identity", "api://x"], null, null, out var errors));

        Assert.Equal(2, errors.Count(error => error.Contains("--metadata URL", StringComparison.Ordinal)));
    }
}
