using Serverless.Onnx.Lowering;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>What would make a model wrong is refused, with the line and the cure: recordings of networks that do it.</summary>
public sealed class LoweringRefusalTests
{
    [Theory]
    [InlineData("branch-on-data", "took another way in recording 1", "take no branch")]
    [InlineData("number-from-data", "it was read from data", "where, masked_fill, index")]
    [InlineData("tensor-from-data", "it was read from data", "where, masked_fill, index")]
    [InlineData("item", "it was read from data", "where, masked_fill, index")]
    [InlineData("not-recorded", "the output 'output0' does not depend on any input", "on the thread that calls forward")]
    [InlineData("table-of-a-size", "it depends on the sizes", "arange, ones or zeros")]
    [InlineData("loop-over-a-size", "took another way in recording 1", "no loop on a size")]
    [InlineData("half-of-a-size", "was 2, 4, 2, 4, 5 in the recordings, which no sum and product", "fix the sizes")]
    [InlineData("mask-index", "how many those are depends on data", "where() or masked_fill()")]
    [InlineData("mask-write", "which goes where depends on data", "where()")]
    [InlineData("buffer-write", "writes into the buffer 'seen'", "clone()")]
    [InlineData("growing-tensor", "it depends on the sizes, or on data", "fix that size")]
    [InlineData("changing-buffer", "the buffer 'seen' changed between the recordings", "eval()")]
    [InlineData("maybe-shared-write", "may share its memory", "clone() before writing")]
    [InlineData("squeeze-dynamic", "axis 0 is the dynamic size batch, which may be 1", "squeeze(axis)")]
    [InlineData("chunk-dynamic", "cuts the dynamic size sequence into 2 parts", "fixed size")]
    [InlineData("axis-left-out", "axis 1 of 'x' was 3, 4 in the recordings and is no dynamic axis", "Name it among the dynamic axes")]
    [InlineData("size-not-varied", "did not vary by itself", "two values of each dynamic size")]
    public void Lower_NetworkThatAGraphCannotHold_IsRefusedWithTheCure(string name, string what, string cure)
    {
        var fixture = LoweringFixture.Load("Fixtures/Refused", name);

        var result = GraphLowering.Lower(fixture.Recordings, fixture.Options);

        Assert.Null(result.Model);
        Assert.Contains(result.Refusals, refusal => refusal.What.Contains(what, StringComparison.Ordinal) && refusal.Cure.Contains(cure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("number-from-data", ": <lambda>")]
    [InlineData("branch-on-data", ": branch")]
    [InlineData("half-of-a-size", ": <lambda>")]
    [InlineData("maybe-shared-write", ": shared")]
    [InlineData("table-of-a-size", ": <lambda>")]
    [InlineData("loop-over-a-size", ": loop")]
    public void Lower_Refused_NamesTheLine(string name, string line)
    {
        var fixture = LoweringFixture.Load("Fixtures/Refused", name);

        var refusals = GraphLowering.Lower(fixture.Recordings, fixture.Options).Refusals;

        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Matches($@"\.py\(\d+\){line}$", refusal.Place));
    }

    [Fact]
    public void Lower_SeveralUnknownOperators_AreAllNamed()
    {
        var fixture = LoweringFixture.Load("Fixtures/Refused", "unknown-operators");

        var refusals = GraphLowering.Lower(fixture.Recordings, fixture.Options).Refusals;

        Assert.Equal(["aten::nonzero", "aten::rand_like", "aten::linalg_svd", "aten::median"], refusals.Select(refusal => refusal.Operator));
        Assert.All(refusals, refusal => Assert.NotEmpty(refusal.Cure));
    }
}
