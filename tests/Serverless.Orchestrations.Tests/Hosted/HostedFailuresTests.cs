using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Orchestrations.Tests.Hosted;

public sealed class HostedFailuresTests
{
    [Theory]
    [InlineData(ProblemCodes.Unavailable, "the \"store\"\nis down", "wait", true)]
    [InlineData("IOException", "{ not ours }", null, false)]
    [InlineData("gate", "accuracy 0.1 < 0.9 — zu schwach", "train <longer>", false)]
    public void Failure_ThereAndBack_IsTheSame(string code, string message, string? cure, bool retryable)
    {
        var failure = new WorkflowFailure(code, message, cure, retryable);
        Assert.Equal(failure, HostedFailures.Read(typeof(HostedRunException).FullName, HostedFailures.Ended(failure).Message));
    }

    [Fact]
    public void Exception_LongMessage_IsCutOnce()
    {
        var failure = WorkflowFailures.Of(new IOException(new string('x', 100_000)));
        var back = HostedFailures.Read(null, HostedFailures.Write(failure));
        Assert.Equal(failure, back);
        Assert.InRange(back.Message.Length, 8_000, 8_200);
    }

    [Theory]
    [InlineData("System.IO.IOException", "disk on fire", "IOException", true)]
    [InlineData("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", "other step", "nondeterminism", false)]
    [InlineData("Some.Outer+Inner", "{\"code\":3}", "Inner", true)]
    [InlineData("Some.Type", "{\"code\":\"x\"}", "Type", true)]
    [InlineData(null, null, "unknown", true)]
    [InlineData("  ", "{", "unknown", true)]
    public void EnginesOwnFailure_IsNamedByItsType(string? type, string? message, string code, bool retryable)
    {
        var failure = HostedFailures.Read(type, message);
        Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
        Assert.NotEmpty(failure.Message);
    }

    [Fact]
    public void ServerlessException_OfAnActivity_KeepsCodeCureAndRetry()
    {
        var failure = WorkflowFailures.Of(new ServerlessException("quota", "8 asked, 4 left", "ask for 4", retryable: true));
        Assert.Equal(new WorkflowFailure("quota", "8 asked, 4 left", "ask for 4", true), failure);
    }
}
