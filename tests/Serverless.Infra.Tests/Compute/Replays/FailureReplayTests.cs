using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.Infra.Tests.Compute.ScaleSets;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>Refusals in the form of the specification's <c>CloudError</c> (common-types/v1), and states of long operations (Resource Manager's contract for asynchronous operations).</summary>
public sealed class FailureReplayTests : IAsyncLifetime
{
    private const string Operation = $"{ArmAnswer.Host}{ArmPaths.Subscription}/providers/Microsoft.Compute/locations/eastus/operations/7?api-version=2023-07-01";

    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    public static TheoryData<int, string, string, bool> Refusals => new()
    {
        { 429, """{"error":{"code":"OperationNotAllowed","message":"Too many requests.","details":[{"code":"TooManyRequests","target":"HighCostGet","message":"{\"operationGroup\":\"HighCostGet\"}"}]}}""", ProblemCodes.Unavailable, true },
        { 409, """{"error":{"code":"OperationNotAllowed","message":"It would exceed the approved quota. Current Limit: 4, Current Usage: 4, Additional Required: 4.","target":"vmss","innererror":{"exceptiontype":"t","errordetail":"d"}}}""", ProblemCodes.NoQuota, false },
        { 409, """{"error":{"code":"ConflictingOperation","message":"Another one goes on.","details":[],"target":"vmss"}}""", ProblemCodes.Conflict, true },
        { 400, """{"error":{"code":"SkuNotAvailable","message":"Not there.","details":[{"code":"c","target":"sku.name","message":"m"}]}}""", ProblemCodes.NoCapacity, false },
        { 503, "null", ProblemCodes.Unavailable, true },
        { 403, """{"error":{}}""", ProblemCodes.Unavailable, false },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Creation_Refused_IsUnderstood(int status, string body, string code, bool retryable)
    {
        Arm.Script(new ArmAnswer("PUT", ScaleSetBench.SetName, status, body, ("Retry-After", "3600")));
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(ScaleSetBench.Pool(Arm, clock)));
        Assert.Equal((code, retryable), (failed.Code, failed.Retryable));
    }

    /// <summary>The words of an operation that failed, with all members that the contract allows.</summary>
    [Theory]
    [InlineData("Failed", ""","error":{"code":"AllocationFailed","message":"None free.","details":[{"code":"c","target":"t","message":"m"}],"innererror":{"exceptiontype":"e","errordetail":"d"}}""", true)]
    [InlineData("failed", ""","error":{"code":"AllocationFailed","message":"None free."}""", true)]
    [InlineData("Canceled", "", false)]
    [InlineData("Succeeded", ""","properties":{"output":{}}""", false)]
    [InlineData("InProgress", "", false)]
    public async Task Operation_OfEachState_IsUnderstood(string status, string more, bool isShort)
    {
        var made = SetAnswers.Created["WithSshAuthentication"].ToJsonString();
        Arm.Script(
            new ArmAnswer("GET", "/" + ScaleSetBench.SetName, 404, """{"error":{"code":"ResourceNotFound","message":"None."}}"""),
            new ArmAnswer("GET", "/" + ScaleSetBench.SetName, 200, JsonEdits.Apply(made, "set/provisioningState=\"Failed\"").ToJsonString()),
            new ArmAnswer("GET", "/virtualMachines", 200, """{"value":[]}"""),
            new ArmAnswer("PUT", ScaleSetBench.SetName, 201, made, ("Azure-AsyncOperation", Operation), ("Location", Operation)),
            new ArmAnswer("PATCH", ScaleSetBench.SetName, 200, made),
            new ArmAnswer("GET", "/operations/7", 200, $$"""{"name":"7","startTime":"2026-05-04T03:02:01.1234567+00:00","endTime":"2026-05-04T03:04:01+00:00","status":"{{status}}"{{more}} }"""));
        var pool = ScaleSetBench.Pool(Arm, clock);
        Assert.Empty(await GrowAsync(pool));
        if (isShort)
            Assert.Contains("AllocationFailed", (await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(pool))).Message, StringComparison.Ordinal);
        Assert.Empty(await GrowAsync(pool));
    }

    /// <summary>What stands before Azure may answer with a page: that is no answer, and is tried again.</summary>
    [Fact]
    public async Task Answer_ThatIsNoJson_IsAsNone()
    {
        Arm.Script(new ArmAnswer("GET", "/virtualMachines", 200, "<html>sign in</html>"));
        var listing = ScaleSetBench.Pool(Arm, clock).ListAsync("local", Cancel);
        await Eventually.TrueAsync("the tries are over", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return listing.IsCompleted;
        }, cancel: Cancel);
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => listing);
        Assert.Equal((ProblemCodes.Unavailable, true), (failed.Code, failed.Retryable));
        Assert.True(Arm.Requests.Count > 1);
    }

    private static Task<IReadOnlyList<ComputeNode>> GrowAsync(ScaleSetPool pool) => pool.GrowAsync(new PoolTarget("local", 1), Cancel);
}
