using System.Globalization;
using Serverless.TestKit;

namespace Serverless.Torch.Tests.Trainers;

/// <summary>A run that is broken off and taken up again learns the same weights as one that is not, bit for bit.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly string[] Arguments = ["image-classifier", "--target", "label", "--epochs", "4", "--patience", "10", "--width-of-network", "8", "--accumulate", "2", "--batch-size", "16", "--threads", "1", "--checkpoint-every", "1", "--device", "cpu"];
    private readonly TempFolder whole = new();
    private readonly TempFolder broken = new();

    public ResumeTests()
    {
        Bars(whole);
        Bars(broken);
    }

    public void Dispose()
    {
        whole.Dispose();
        broken.Dispose();
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public async Task Run_KilledAfterAnEpoch_EndsWithTheSameWeights(string precision)
    {
        string[] arguments = [.. Arguments, "--precision", precision];
        using (var trainer = TrainerProcess.Start(broken, arguments))
        {
            await trainer.LineAsync("epoch 3/4");
            trainer.Kill();
            await trainer.EndAsync();
        }

        await EndsLikeTheWholeOne(arguments);
    }

    [Fact]
    public async Task Run_AskedToStopInTheMiddle_SavesAndEndsWithTheSameWeights()
    {
        using (var trainer = TrainerProcess.Start(broken, Arguments))
        {
            await trainer.LineAsync("epoch 1/4");
            trainer.AskToStop();
            Assert.Equal(143, await trainer.EndAsync());
            Assert.Contains(trainer.Lines, line => line.StartsWith("Stopped as asked", StringComparison.Ordinal));
        }

        await EndsLikeTheWholeOne(Arguments);
    }

    private async Task EndsLikeTheWholeOne(string[] arguments)
    {
        var resumed = await TrainerProcess.RunAsync(broken, arguments);
        Assert.Contains("Goes on in epoch", resumed.Text, StringComparison.Ordinal);
        Assert.True(resumed.Exit == 0, resumed.Text);
        var uninterrupted = await TrainerProcess.RunAsync(whole, arguments);
        Assert.True(uninterrupted.Exit == 0, uninterrupted.Text);
        foreach (var file in new[] { "checkpoint/weights.bin", "checkpoint/optimizer.bin", "checkpoint/generator.bin", "checkpoint/best.bin", "checkpoint/progress.json", "model/model.onnx" })
            Assert.True(File.ReadAllBytes(Path.Combine(whole.Path, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(broken.Path, file))), $"{file} is another one.");
    }

    /// <summary>Bars at four places, under noise.</summary>
    private static void Bars(TempFolder folder)
    {
        var random = new Random(5);
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "train")).FullName, "bars.csv");
        using var file = new StreamWriter(path);
        file.WriteLine(string.Join(',', Enumerable.Range(0, 64).Select(pixel => string.Create(CultureInfo.InvariantCulture, $"p{pixel}"))) + ",label");
        for (var row = 0; row < 600; row++)
        {
            var label = row % 4;
            var pixels = Enumerable.Range(0, 64).Select(pixel => (pixel % 8 / 2 == label ? 6 : 0) + random.Next(12));
            file.WriteLine(string.Join(',', pixels) + "," + label);
        }
    }
}
