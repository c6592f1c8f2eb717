using Serverless.Jobs.Hosting;
using Serverless.Onnx.Exporting;
using Serverless.Torch.Trainers.Apart;
using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Progress;
using Serverless.Training.Sequences;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using TorchSharp;

namespace Serverless.Torch.Trainers.Sequences;

/// <summary>Runs <c>sequence-classifier</c>: read, learn, measure, write the model.</summary>
internal static class SequenceProgram
{
    private const string Ids = "ids";

    public static async Task RunAsync(JobRun job, TextWriter output)
    {
        var options = SequenceOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var table = CsvTable.Open(TableFolder.Files(job.InputFolder("train")), options.Format);
        var rows = TextColumns.Read(table, [(options.Text, "text"), (options.Target, "target")], options.Format.Missing, job.Stopping);
        var texts = LabelledTexts.Of(rows, options.Target, options.Limits, options.Loop.Holdout, options.Loop.Validation, options.Loop.Seed);
        output.WriteLine(FormattableString.Invariant($"{texts.Learn.Count} texts to learn from, {texts.Validate.Count} to validate on, {texts.Held.Count} put aside; {texts.Vocabulary.Words.Count} words; {texts.Labels.Names.Count} classes."));
        var recipe = new SequenceRecipe(texts.Vocabulary.Size, options.Recurrent, options.Embedding, options.Width, options.Dropout, texts.Labels.Names.Count);
        var task = new SequenceTask(texts, recipe);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, RunFingerprint.Of(table.Files, options.Salt));

        var scores = task.MeasureHeld(site);
        if (scores is not null)
            new LoopReport(job, output).End(ClassMetrics.Of(scores));
        using var example = torch.randint(1, texts.Vocabulary.Size, [4, 9], dtype: torch.ScalarType.Int64);
        var axes = new DynamicAxes(new Dictionary<string, IReadOnlyDictionary<int, string>> { [Ids] = new Dictionary<int, string> { [0] = DynamicAxes.Batch, [1] = "length" } });
        var exported = await new TrainedExport(job, options.Loop, output).RunAsync(task.Classifier, recipe, example, new() { Opset = TextGraph.Opset, InputNames = [Ids], DynamicAxes = axes });
        ServedModel.Write(job.ModelFolder, NetworkModel.OfTexts(options.Text, texts, options.Limits.MaxLength, exported, scores));
    }
}
