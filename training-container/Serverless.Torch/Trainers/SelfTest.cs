using System.Diagnostics;
using Serverless.Jobs.Hosting;
using Serverless.Torch.Bridge;
using Serverless.Torch.Children;
using Serverless.Torch.Exporting;
using Serverless.Torch.Trainers.Loop;
using TorchSharp;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers;

/// <summary>Shows in seconds that this machine trains and exports: a small network learns a curve, and its ONNX model, made in a process of its own, agrees with it.</summary>
internal static class SelfTest
{
    private const string ContentsFile = "contents.txt";
    private const int Steps = 300;
    private const double GoodLoss = 0.01;
    private static readonly TimeSpan ExportLimit = TimeSpan.FromMinutes(5);

    /// <summary>Runs it.</summary>
    /// <returns>0 when all of it works.</returns>
    public static async Task<int> RunAsync(TextWriter output, TextWriter error)
    {
        var watch = Stopwatch.StartNew();
        if (Path.Combine(AppContext.BaseDirectory, ContentsFile) is var contents && File.Exists(contents))
            output.WriteLine(File.ReadAllText(contents).TrimEnd());
        PassiveThreads.Ask();
        random.manual_seed(1);
        var device = cuda.is_available() ? new Device(DeviceType.CUDA, 0) : CPU;
        output.WriteLine(FormattableString.Invariant($"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}; {(device.type == DeviceType.CUDA ? $"GPU ({cuda.device_count()})" : "no GPU: the processor")}; bridge to the recorder: {(TorchBridge.Shared.Api is null ? "none" : "there")}."));
        var recipe = new CurveRecipe(32);
        using var network = recipe.Network().to(device);
        var loss = Learn(network, device);
        output.WriteLine(FormattableString.Invariant($"Trained {Steps} steps: loss {loss:0.0000}."));
        if (!(loss < GoodLoss))
        {
            error.WriteLine(FormattableString.Invariant($"The loss should be below {GoodLoss}. This libtorch does not compute rightly: check that it is the one that TorchSharp was made for."));
            return JobExit.Failure;
        }

        var folder = Directory.CreateTempSubdirectory("serverless-self-test-");
        try
        {
            using var example = randn(4, 1);
            var export = await ApartExporter.ExportAsync(network, recipe, [example], Path.Combine(folder.FullName, "curve.onnx"), apart: new() { Limit = ExportLimit });
            output.WriteLine(FormattableString.Invariant($"Exported in a process of its own, {(export.Way == ExportWay.Recorded ? "recorded" : "walked")}; off by {export.Parity.Largest:0.0e+00} at most in ONNX Runtime."));
        }
        catch (OnnxExportException failed)
        {
            error.WriteLine(failed.Message);
            return JobExit.Failure;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        output.WriteLine(FormattableString.Invariant($"All well after {watch.Elapsed.TotalSeconds:0.0} s."));
        return JobExit.Success;
    }

    private static double Learn(nn.Module<Tensor, Tensor> network, Device device)
    {
        using var optimizer = optim.Adam(network.parameters(), lr: 0.02);
        var loss = double.NaN;
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var x = rand(64, 1, device: device) * 4 - 2;
            var off = nn.functional.mse_loss(network.forward(x), x.sin());
            optimizer.zero_grad();
            off.backward();
            optimizer.step();
            loss = off.item<float>();
        }

        return loss;
    }
}
