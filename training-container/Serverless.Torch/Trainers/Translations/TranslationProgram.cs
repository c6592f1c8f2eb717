using Serverless.Jobs.Hosting;
using Serverless.Onnx.Exporting;
using Serverless.Torch.Trainers.Apart;
using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Progress;
using Serverless.Training.Sequences;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using TorchSharp;

namespace Serverless.Torch.Trainers.Translations;

/// <summary>Runs <c>sequence-to-sequence</c>: read, learn, measure, write the model.</summary>
internal static class TranslationProgram
{
    private const string Ids = "ids";

    public static async Task RunAsync(JobRun job, TextWriter output)
    {
        var options = TranslationOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var table = CsvTable.Open(TableFolder.Files(job.InputFolder("train")), options.Format);
        var rows = TextColumns.Read(table, [(options.Text, "text"), (options.Target, "target")], options.Format.Missing, job.Stopping);
        var pairs = TextPairs.Of(rows, options.Limits, options.MaxWritten, options.Loop.Holdout, options.Loop.Validation, options.Loop.Seed);
        output.WriteLine(FormattableString.Invariant($"{pairs.Learn.Length} pairs to learn from, {pairs.Validate.Length} to validate on, {pairs.Held.Length} put aside; {pairs.Source.Words.Count} words are read, {pairs.Target.Words.Count} written."));
        var recipe = new TranslationRecipe(pairs.Source.Size, pairs.Target.Size, options.MaxWritten, options.Embedding, options.Width, options.Dropout);
        var task = new TranslationTask(pairs, recipe);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, RunFingerprint.Of(table.Files, options.Salt));

        var scores = task.MeasureHeld(site);
        new LoopReport(job, output).End(scores);
        var axes = new DynamicAxes(new Dictionary<string, IReadOnlyDictionary<int, string>> { [Ids] = new Dictionary<int, string> { [0] = DynamicAxes.Batch, [1] = "length" } });
        using var example = torch.randint(Vocabulary.Reserved, pairs.Source.Size, [4, 9], dtype: torch.ScalarType.Int64);
        var exported = await new TrainedExport(job, options.Loop, output).RunAsync(task.Translator, recipe, example, new() { Opset = TextGraph.Opset, InputNames = [Ids], DynamicAxes = axes });
        IReadOnlyList<KeyValuePair<string, string>> metadata =
        [
            new("task", "sequence-to-sequence"),
            new("algorithm", "sequence-to-sequence"),
            .. ServedMetadata.Rows([(options.Text, "text")], pairs.Learn.Length, pairs.Held.Length),
            .. scores.Select(score => ServedMetadata.Number(score.Name, score.Value)),
        ];
        ServedModel.Write(job.ModelFolder, TranslationModel.Of(options.Text, pairs, options.Limits.MaxLength, options.MaxWritten, exported, metadata));
    }
}
