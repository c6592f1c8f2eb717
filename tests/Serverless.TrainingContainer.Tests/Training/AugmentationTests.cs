using Serverless.Training.Augmentation;

namespace Serverless.TrainingContainer.Tests.Training;

/// <summary>Changes of images: drawn without a state, applied by plain geometry.</summary>
public sealed class AugmentationTests
{
    private static readonly float[] Image = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void Plan_OfAnImage_FollowsFromSeedEpochAndRowAlone()
    {
        var plan = new AugmentationPlan(new AugmentationOptions(), 7);
        var change = plan.ChangeOf(3, 11);
        plan.ChangeOf(4, 0);
        Assert.Equal(change, plan.ChangeOf(3, 11));
        Assert.Equal(change, new AugmentationPlan(new AugmentationOptions(), 7).ChangeOf(3, 11));
        Assert.NotEqual(change, plan.ChangeOf(4, 11));
        Assert.NotEqual(change, plan.ChangeOf(3, 12));
        Assert.NotEqual(change, new AugmentationPlan(new AugmentationOptions(), 8).ChangeOf(3, 11));
    }

    [Fact]
    public void Plan_OfManyImages_StaysWithinItsOptionsAndIsEven()
    {
        var options = new AugmentationOptions { Mirror = true };
        var changes = Enumerable.Range(0, 20_000).Select(row => new AugmentationPlan(options, 1).ChangeOf(0, row)).ToList();
        Assert.All(changes, change => Assert.True(Math.Abs(change.ShiftX) <= 0.1 && Math.Abs(change.ShiftY) <= 0.1 && Math.Abs(change.Degrees) <= 10 && Math.Abs(change.Zoom - 1) <= 0.1));
        Assert.InRange(changes.Average(change => change.Degrees), -0.25, 0.25); // six standard errors of 10/√3/√20,000
        Assert.InRange(changes.Max(change => change.Degrees), 9.9, 10);
        Assert.InRange(changes.Count(change => change.Mirror), 9_600, 10_400);
        Assert.Equal(new ImageChange(0, 0, 0, 1, 1, false), new AugmentationPlan(AugmentationOptions.None, 1).ChangeOf(0, 0));
    }

    [Fact]
    public void Options_OutOfRange_AreAllNamed() => Assert.Equal(2, new AugmentationOptions { Shift = 0.9, Zoom = double.NaN }.Errors().Count());

    [Fact]
    public void Warp_WithoutChange_IsTheImage() => Assert.Equal(Image, Warp(new(0, 0, 0, 1, 1, false)));

    [Fact]
    public void Warp_ByAShift_MovesRightAndDown() => Assert.Equal([0, 0, 0, 0, 1, 2, 0, 4, 5], Warp(new(1 / 3.0, 1 / 3.0, 0, 1, 1, false)));

    [Fact]
    public void Warp_ByAQuarterTurn_TurnsClockwise() =>
        Assert.All(Warp(new(0, 0, 90, 1, 1, false)).Zip([7f, 4, 1, 8, 5, 2, 9, 6, 3]), pair => Assert.Equal(pair.Second, pair.First, 5));

    [Fact]
    public void Warp_Mirrored_ChangesLeftAndRight() => Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7], Warp(new(0, 0, 0, 1, 1, true)));

    [Fact]
    public void Warp_WithLessContrast_NearsTheMean() => Assert.Equal([3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7], Warp(new(0, 0, 0, 1, 0.5, false)));

    private static float[] Warp(ImageChange change)
    {
        var target = new float[9];
        ImageWarp.Apply(Image, target, 1, 3, 3, change);
        return target;
    }
}
