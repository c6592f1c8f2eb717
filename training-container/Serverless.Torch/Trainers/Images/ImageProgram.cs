using Serverless.Jobs.Hosting;
using Serverless.Torch.Trainers.Apart;
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
    public static async Task RunAsync(JobRun job, TextWriter output)
    {
        var options = ImageOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var data = new RowsReader(options.Rows, ClassGraph.Outputs, output).Read(job.Environment);
        if (data.Plan.Categories.Count > 0)
            throw new DataException($"The column '{data.Plan.Categories[0].Name}' has texts, and pixels are numbers. Leave it out with --ignore.");
        var shape = options.Shape.Fit(data.Plan.Numbers.Count);
        var recipe = new ImageRecipe(shape, options.Residual, options.Channels, data.Labels.Names.Count, options.Dropout);
        var task = new ImageTask(options, data, recipe);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, data.Fingerprint);

        var scores = task.MeasureHeld(site);
        if (scores is not null)
            new LoopReport(job, output).End(ClassMetrics.Of(scores));
        using var example = torch.randn(4, shape.Channels, shape.Height, shape.Width);
        var exported = await new TrainedExport(job, options.Loop, output).RunAsync(task.Classifier, recipe, example);
        ServedModel.Write(job.ModelFolder, NetworkModel.OfImages(data, shape, exported, scores));
    }
}
