using Serverless.Onnx.Exporting;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;

namespace Serverless.TrainingContainer.Tests.Onnx.Exporting;

public sealed class RecordingPlanTests
{
    private static readonly DynamicAxes BatchAndSequence = new(new Dictionary<string, IReadOnlyDictionary<int, string>> { ["tokens"] = new Dictionary<int, string> { [0] = "batch", [1] = "sequence" } });

    [Fact]
    public void Batch_Alone_IsRecordedAtTwoSizesCheckedAtAThirdAndRepeatedWithOtherData()
    {
        var plan = RecordingPlan.For(["batch"], new Dictionary<string, long> { ["batch"] = 7 });

        Assert.Equal([2L, 3, 5, 2], plan.Recordings.Select(run => run.Sizes["batch"]));
        Assert.Equal(plan.Recordings.Count, plan.Recordings.Select(run => run.Seed).Distinct().Count());
        Assert.Equal([2L, 1, 4, 17], plan.Comparisons.Select(run => run.Sizes["batch"]));
    }

    [Fact]
    public void TwoAxes_AreRecordedAtAllCornersAndAFifth()
    {
        var plan = RecordingPlan.For(["batch", "sequence"], new Dictionary<string, long> { ["batch"] = 1, ["sequence"] = 6 });

        Assert.Equal([(2, 6), (3, 6), (2, 9), (3, 9), (5, 12), (2, 6)], plan.Recordings.Select(run => (run.Sizes["batch"], run.Sizes["sequence"])));
    }

    [Fact]
    public void NoAxis_IsRecordedTwiceWithOtherData() => Assert.Equal(2, RecordingPlan.For([], new Dictionary<string, long>()).Recordings.Count);

    [Fact]
    public void Axes_TooMany_AreRefused() => Assert.Contains("more than 3", Assert.Throws<ArgumentException>(() => RecordingPlan.For(["a", "b", "c", "d"], new Dictionary<string, long>())).Message);

    [Fact]
    public void Sizes_TooFew_AreRefused() =>
        Assert.Contains("five or more", Assert.Throws<ArgumentException>(() => RecordingPlan.For(["a"], new Dictionary<string, long> { ["a"] = 4 }, new Dictionary<string, IReadOnlyList<long>> { ["a"] = [4, 8] })).Message);

    [Fact]
    public void Shape_WithDynamicAxes_TakesTheRunsSizes() =>
        Assert.Equal([3L, 9, 4], BatchAndSequence.Resize("tokens", [1, 6, 4], new Dictionary<string, long> { ["batch"] = 3, ["sequence"] = 9 }));

    [Fact]
    public void Integers_Made_StayInTheExamplesRange()
    {
        var made = InputProfile.Of(OnnxTensor.Of([3L, 9], 2) with { Name = "tokens" }).Make([40, 5], 1);

        Assert.Equal((ElementType.Int64, "tokens"), (made.Element, made.Name));
        Assert.Equal(Enumerable.Range(3, 7).Select(value => (double)value), TensorNumbers.Read(made).Distinct().Order());
    }

    [Fact]
    public void Numbers_Made_AreSpreadAsTheExample()
    {
        var values = TensorNumbers.Read(InputProfile.Of(OnnxTensor.Of([8f, 12f], 2)).Make([10_000], 1));

        Assert.InRange(values.Average(), 9.9, 10.1); // standard error 0.02
        Assert.InRange(Math.Sqrt(values.Average(value => Math.Pow(value - 10, 2))), 1.9, 2.1);
    }

    [Fact]
    public void Data_OfOneSeed_IsTheSameAndOfAnotherIsNot()
    {
        var profile = InputProfile.Of(OnnxTensor.Of(new float[4], 4));

        Assert.Equal(profile.Make([9], 1).Data.ToArray(), profile.Make([9], 1).Data.ToArray());
        Assert.NotEqual(profile.Make([9], 1).Data.ToArray(), profile.Make([9], 2).Data.ToArray());
    }
}
