using System.Text.Json;
using Serverless.Jobs.Hosting;
using Serverless.Onnx.Graphs;
using Serverless.Torch.Trainers.Apart;
using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Progress;
using Serverless.Training.Sequences;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using Serverless.Training.Topics;
using TorchSharp;

namespace Serverless.Torch.Trainers.Topics;

/// <summary>Runs <c>topics</c>: read, learn, measure, tell the topics, write the model.</summary>
internal static class TopicProgram
{
    /// <summary>The artifact with the topics' words.</summary>
    public const string TopicsFile = "topics.json";

    public static async Task RunAsync(JobRun job, TextWriter output)
    {
        var options = TopicOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var table = CsvTable.Open(TableFolder.Files(job.InputFolder("train")), options.Format);
        string[] texts = [.. TextColumns.Read(table, [(options.Text, "text")], options.Format.Missing, job.Stopping).Select(row => row[0])];
        var words = DocumentWords.Fit(texts, options.MaxWords, options.MinDocuments, options.MaxShare, StopWords.English);
        var vocabulary = Vocabulary.Of(words.Words, texts.SelectMany(TextTokens.Of));
        var recipe = new TopicRecipe(options.Topics, options.Width, options.Dropout);
        var task = new TopicTask(options, recipe, vocabulary, [.. texts.Select(text => vocabulary.Encode(text, options.MaxLength))]);
        output.WriteLine(FormattableString.Invariant($"{task.Rows} documents to learn from, {task.Held} put aside; {words.Words.Count} words."));
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, RunFingerprint.Of(table.Files, options.Salt));

        var topics = Tell(task, words, options, job, output, site);
        using var example = torch.randn(4, options.Width);
        var exported = await new TrainedExport(job, options.Loop, output).RunAsync(task.Topics.AfterFirst(), recipe, example, new() { Opset = TextGraph.Opset });
        IReadOnlyList<KeyValuePair<string, string>> metadata = [new("task", "topics"), new("algorithm", "topics"), .. ServedMetadata.Rows([(options.Text, "text")], task.Rows, task.Held)];
        ServedModel.Write(job.ModelFolder, TopicModel.Of(options.Text, vocabulary, options.MaxLength, Counted(task.Topics, vocabulary), Constant(task.Topics.First.Bias), topics, exported, metadata));
    }

    /// <summary>Prints the topics, measures them, and keeps them as an artifact.</summary>
    private static IReadOnlyList<string> Tell(TopicTask task, DocumentWords words, TopicOptions options, JobRun job, TextWriter output, ComputeSite site)
    {
        using var guard = torch.no_grad();
        using var weights = task.Topics.TopicWords().cpu();
        var all = weights.data<float>().ToArray();
        List<int[]> topics = [.. all.Chunk(words.Words.Count).Select(topic => TopWords.Of(topic, options.TopWords))];
        var watched = topics.SelectMany(topic => topic).ToHashSet();
        var near = WordWindows.Of(words.Documents, TopicCoherence.NpmiWindow, watched);
        var far = WordWindows.Of(words.Documents, TopicCoherence.CvWindow, watched);
        string[] told = [.. topics.Select(topic => string.Join(' ', topic.Select(word => words.Words[word])))];
        foreach (var (i, topic) in topics.Index())
            output.WriteLine(FormattableString.Invariant($"topic {i + 1} (coherence {TopicCoherence.MeanNpmi(near, topic):0.00}): {told[i]}"));
        new LoopReport(job, output).End(
        [
            .. task.Measure(site with { Type = torch.ScalarType.Float32 }),
            new("coherence_npmi", topics.Average(topic => TopicCoherence.MeanNpmi(near, topic))),
            new("coherence_cv", topics.Average(topic => TopicCoherence.Cv(far, topic))),
            new("topic_diversity", TopWords.Diversity(topics)),
        ]);
        using var file = File.Create(Path.Combine(job.ArtifactsFolder, TopicsFile));
        using var json = new Utf8JsonWriter(file, new() { Indented = true });
        json.WriteStartArray();
        foreach (var topic in told)
            json.WriteStringValue(topic);
        json.WriteEndArray();
        return told;
    }

    /// <summary>The first layer's weights, a row for each number of the vocabulary; numbers that are no words add nothing.</summary>
    private static OnnxTensor Counted(TopicNetwork network, Vocabulary vocabulary)
    {
        var weight = Constant(network.First.Weight.t().contiguous());
        var width = weight.Dims[1];
        var rows = new byte[vocabulary.Size * width * sizeof(float)];
        weight.Data.Span.CopyTo(rows.AsSpan((int)(Vocabulary.Reserved * width * sizeof(float))));
        return weight with { Dims = [vocabulary.Size, width], Data = rows };
    }

    private static OnnxTensor Constant(torch.Tensor values)
    {
        using var own = values.detach().cpu();
        return OnnxTensor.Of(own.data<float>().ToArray(), own.shape);
    }
}
