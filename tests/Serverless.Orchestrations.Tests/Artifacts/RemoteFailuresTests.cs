using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Tests.Artifacts;

public sealed class RemoteFailuresTests
{
    [Theory]
    [InlineData(0, ProblemCodes.Unavailable, true)]
    [InlineData(401, ProblemCodes.Unavailable, false)]
    [InlineData(403, ProblemCodes.Unavailable, false)]
    [InlineData(404, ProblemCodes.Unavailable, false)]
    [InlineData(408, ProblemCodes.Unavailable, true)]
    [InlineData(409, ProblemCodes.Conflict, false)]
    [InlineData(412, ProblemCodes.Conflict, false)]
    [InlineData(413, ProblemCodes.TooLarge, false)]
    [InlineData(429, ProblemCodes.Unavailable, true)]
    [InlineData(500, ProblemCodes.Unavailable, true)]
    [InlineData(503, ProblemCodes.Unavailable, true)]
    [InlineData(507, ProblemCodes.StorageFull, false)]
    [InlineData(400, ProblemCodes.Internal, false)]
    public void Of_Status_SaysWhatItMeans(int status, string code, bool retryable)
    {
        var failure = RemoteFailures.Of("Reading 'a'", status, "SomeCode", "First line\u001b[31m\nAuthorization: secret", null);
        Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
        Assert.Contains("SomeCode", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', failure.Message);
        Assert.NotEmpty(failure.Cure!);
    }
}
