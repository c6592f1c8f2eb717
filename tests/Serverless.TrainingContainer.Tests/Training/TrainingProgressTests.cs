using Serverless.Training.Progress;
using Serverless.Training.Scaling;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class TrainingProgressTests
{
    [Fact]
    public void Progress_WrittenAndRead_IsTheSame()
    {
        var progress = new TrainingProgress { Fingerprint = "a", Epoch = 2, Batch = 5, Step = 77, LossSum = 0.1 + 0.2, LossRows = 12, Stopping = new(0.5, 1, 1), Scale = new(1024, 3) };
        using var stream = new MemoryStream();
        progress.Write(stream);
        Assert.Equal(progress, TrainingProgress.Read(stream.ToArray()));
    }

    [Fact]
    public void Read_OfAnUnfinishedFile_IsNothing() => Assert.Null(TrainingProgress.Read("{\"fingerprint\":\"a\",\"epo"u8));

    [Fact]
    public void NextEpoch_BeginsItsSumsAnew()
    {
        var progress = new TrainingProgress { Fingerprint = "a" }.AfterBatch(2, 10).AfterBatch(1, 5);
        Assert.Equal((2, 25.0, 15L), (progress.Batch, progress.LossSum, progress.LossRows));
        var next = progress.NextEpoch(new(1.6, 0, 0));
        Assert.Equal((1, 0, 0.0, 0L), (next.Epoch, next.Batch, next.LossSum, next.LossRows));
    }

    [Fact]
    public void LossScale_HalvesAtOnce_AndDoublesAfterAWhile()
    {
        var scale = LossScale.Start.After(finite: false);
        Assert.Equal(32_768, scale.Factor);
        for (var step = 0; step < 2000; step++)
            scale = scale.After(finite: true);
        Assert.Equal(new(65_536, 0), scale);
        Assert.Equal(1, new LossScale(1, 5).After(finite: false).Factor);
    }
}
