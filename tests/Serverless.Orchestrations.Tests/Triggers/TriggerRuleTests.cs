using Serverless.Contracts.Jobs;
using Serverless.Core.Triggers;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Triggers;

public sealed class TriggerRuleTests
{
    [Theory]
    [InlineData("digits/", "digits", "train.csv", true)]
    [InlineData("digits", "digits", "train.csv", true)]
    [InlineData("digits", "digits2", "train.csv", false)]
    [InlineData("sales/2026/", "sales", "2026/01.csv", true)]
    [InlineData("sales/2026/", "sales", "2025/01.csv", false)]
    [InlineData("sales/20", "sales", "2025/01.csv", true)]
    public void Prefix_Paths_AreWatchedOrNot(string prefix, string dataset, string path, bool watched) =>
        Assert.Equal(watched, TriggerPrefix.Parse(prefix).Watches(Some.Data(dataset, Some.Start, path)));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../x")]
    [InlineData("a/../b")]
    [InlineData("a/%2e%2e/b")]
    [InlineData("file://x")]
    [InlineData("A/")]
    [InlineData("a/\u202e")]
    public void Prefix_Bad_IsRefused(string prefix) =>
        Assert.Contains(TriggerValidation.Check("t", Some.Trigger() with { Prefix = prefix }), error => error.Path == "prefix");

    [Fact]
    public void Check_Good_HasNoErrors() => Assert.Empty(TriggerValidation.Check("t", Some.Trigger()));

    [Fact]
    public void Check_NameAndJob_AreCheckedToo()
    {
        var errors = TriggerValidation.Check("T!", Some.Trigger() with { Job = Some.Spec() with { Limits = new LimitSpec { MaxAttempts = 0 } } });

        Assert.Equal(["name", "job.limits.maxAttempts"], errors.Select(error => error.Path));
    }

    [Fact]
    public void Check_NoInputTakesTheData_IsRefused()
    {
        var job = Some.Spec() with { Inputs = [new InputSpec { Channel = "train", Dataset = "other" }] };

        Assert.Equal(["job.inputs"], TriggerValidation.Check("t", Some.Trigger() with { Job = job }).Select(error => error.Path));
    }
}
