using Serverless.Jobs.Hosting;
using Serverless.Torch.Trainers.Apart;
using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Forecasts;
using Serverless.Training.Progress;
using Serverless.Training.Scores;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using TorchSharp;

namespace Serverless.Torch.Trainers.Forecasts;

/// <summary>Runs <c>forecast</c>: read, learn, measure on the last values of each series, write the model.</summary>
internal static class ForecastProgram
{
    public static async Task RunAsync(JobRun job, TextWriter output)
    {
        var options = ForecastOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var table = CsvTable.Open(TableFolder.Files(job.InputFolder("train")), options.Format);
        var series = SeriesReader.Read(table, options.Value, options.Series, options.Format.Missing, job.Stopping);
        var windows = ForecastWindows.Of(series, options.Context, options.Horizon);
        output.WriteLine(FormattableString.Invariant($"{series.Count} series, {windows.Count} windows of {options.Context} values and the {options.Horizon} after them; the last {options.Horizon} of each series are put aside."));
        var recipe = new ForecastRecipe(options.Season, options.Horizon, options.Samples, options.Width, options.Layers, options.Dropout);
        var task = new ForecastTask(options, windows, recipe);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, RunFingerprint.Of(table.Files, options.Salt));

        var summary = new ForecastSummary(options.Coverage, options.Season);
        foreach (var (of, truth, paths) in task.Held(site))
            summary.Add(truth.Span, paths, windows.History(of));
        var scores = summary.Scores();
        new LoopReport(job, output).End([.. scores.Select(score => new Metric(score.Name, score.Value))]);
        using var example = torch.randn(4, options.Context);
        var exported = await new TrainedExport(job, options.Loop, output).RunAsync(task.Forecaster, recipe, example);
        IReadOnlyList<KeyValuePair<string, string>> metadata =
        [
            new("task", "forecast"),
            new("algorithm", "forecast"),
            .. ServedMetadata.Rows([(ForecastModel.History, "number")], task.Rows, series.Count),
            .. scores.Select(score => ServedMetadata.Number(score.Name, score.Value)),
        ];
        ServedModel.Write(job.ModelFolder, ForecastModel.Of(options.Context, options.Samples, options.Coverage, exported, metadata));
    }
}
