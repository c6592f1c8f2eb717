using Serverless.Jobs.Hosting;
using Serverless.Torch.Exporting;
using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Rows;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using TorchSharp;

namespace Serverless.Torch.Trainers.Images;

/// <summary>Runs <c>image-classifier</c>: read, learn, measure, write the model.</summary>
internal static class ImageProgram
{
    public static void Run(JobRun job, TextWriter output)
    {
        var options = ImageOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var data = new RowsReader(options.Rows, ClassGraph.Outputs, output).Read(job.Environment);
        if (data.Plan.Categories.Count > 0)
            throw new DataException($"The column '{data.Plan.Categories[0].Name}' has texts, and pixels are numbers. Leave it out with --ignore.");
        var shape = options.Shape.Fit(data.Plan.Numbers.Count);
        var task = new ImageTask(options, data, shape);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, data.Fingerprint);

        var scores = task.MeasureHeld(site);
        if (scores is not null)
            new LoopReport(job, output).End(ClassMetrics.Of(scores));
        using var example = torch.randn(4, shape.Channels, shape.Height, shape.Width, device: site.Device);
        var export = OnnxExporter.Export(task.Network, example, new() { Name = "network" });
        output.WriteLine(FormattableString.Invariant($"Exported; off by {export.Parity.Largest:0.0e+00} at most."));
        ServedModel.Write(job.ModelFolder, NetworkModel.OfImages(data, shape, export.Model, scores));
    }
}
