using Serverless.Jobs.Hosting;
using Serverless.Onnx.Graphs;
using Serverless.Torch.Exporting;
using Serverless.Torch.Trainers.Apart;
using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Images.Sets;
using Serverless.Training.Rows;
using Serverless.Training.Scores;
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
        var (images, served) = options.Files is { } files ? OfFiles(files, options, job, output) : OfColumns(options, job, output);
        var shape = images.Shape;
        var recipe = new ImageRecipe(shape, options.Residual, options.Channels, images.Labels.Names.Count, options.Dropout);
        var task = new ImageTask(options, images, recipe);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, images.Fingerprint);

        var scores = task.MeasureHeld(site);
        if (scores is not null)
            new LoopReport(job, output).End(ClassMetrics.Of(scores));
        using var example = torch.randn(4, shape.Channels, shape.Height, shape.Width);
        var how = new OnnxExportOptions { Opset = ImageGraph.Opset };
        ServedModel.Write(job.ModelFolder, served(await new TrainedExport(job, options.Loop, output).RunAsync(task.Classifier, recipe, example, how), scores));
    }

    private static (LearningImages, Func<OnnxModel, ClassificationScores?, OnnxModel>) OfFiles(ImageSetOptions files, ImageOptions options, JobRun job, TextWriter output)
    {
        var threads = options.Loop.Threads > 0 ? options.Loop.Threads : Environment.ProcessorCount;
        var (images, scaling) = new ImageSetReader(files with { Salt = options.Salt }, threads, output).Read(job.Environment);
        return (images, (network, scores) => NetworkModel.OfImageFiles(images, scaling, network, scores));
    }

    private static (LearningImages, Func<OnnxModel, ClassificationScores?, OnnxModel>) OfColumns(ImageOptions options, JobRun job, TextWriter output)
    {
        var data = new RowsReader(options.Rows! with { Salt = options.Salt }, ClassGraph.Outputs, output).Read(job.Environment);
        if (data.Plan.Categories.Count > 0)
            throw new DataException($"The column '{data.Plan.Categories[0].Name}' has texts, and pixels are numbers. Leave it out with --ignore; if it has the paths of image files, give --path {data.Plan.Categories[0].Name}.");
        var shape = options.Shape!.Fit(data.Plan.Numbers.Count);
        return (LearningImages.OfColumns(data, shape), (network, scores) => NetworkModel.OfImages(data, shape, network, scores));
    }
}
