using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Sequences;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Topics;

/// <summary>Learns the topics of documents.</summary>
internal sealed class TopicTask : TrainingTask
{
    private const int DocumentsOfAPass = 256;
    private readonly int vocabulary;
    private readonly IReadOnlyList<int[]> documents;
    private readonly int[] learn;
    private readonly int[] held;

    /// <summary>Puts every so many documents aside.</summary>
    /// <param name="options">The options.</param>
    /// <param name="recipe">The network's settings.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="documents">Numbers of words; those without a known word are learnt nothing from.</param>
    public TopicTask(TopicOptions options, TopicRecipe recipe, Vocabulary vocabulary, IReadOnlyList<int[]> documents)
    {
        this.vocabulary = vocabulary.Words.Count;
        this.documents = documents;
        int[] known = [.. Enumerable.Range(0, documents.Count).Where(document => documents[document].Any(id => id >= Vocabulary.Reserved))];
        new Random(options.Loop.Seed).Shuffle(known);
        held = known[..(int)(known.Length * Math.Max(options.Loop.Holdout, options.Loop.Validation))];
        learn = known[held.Length..];
        Topics = new(this.vocabulary, recipe);
        HasValidation = options.Loop.Validation > 0 && held.Length > 0;
    }

    /// <summary>The network.</summary>
    public TopicNetwork Topics { get; }

    /// <summary>Documents put aside.</summary>
    public int Held => held.Length;

    public override nn.Module Network => Topics;

    public override int Rows => learn.Length;

    public override bool HasValidation { get; }

    public override (string Name, bool Higher) Watched => ("perplexity", false);

    public override Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site) => Topics.Loss(Counts([.. rows.Select(row => learn[row])], site)).to(ScalarType.Float32);

    /// <summary>The perplexity of the documents put aside: e to the mean surprise of a word.</summary>
    public override IReadOnlyList<Metric> Measure(ComputeSite site)
    {
        if (held.Length == 0)
            return [];
        double surprise = 0, words = 0;
        foreach (var part in held.Chunk(DocumentsOfAPass))
        {
            using var scope = NewDisposeScope();
            var counts = Counts(part, site);
            surprise += Topics.Surprise(counts, Topics.forward(counts)).to(ScalarType.Float64).sum().item<double>();
            words += counts.to(ScalarType.Float64).sum().item<double>();
        }

        return [new(Watched.Name, Math.Exp(surprise / words))];
    }

    private Tensor Counts(int[] chosen, ComputeSite site)
    {
        var counts = new float[chosen.Length * vocabulary];
        for (var i = 0; i < chosen.Length; i++)
            foreach (var id in documents[chosen[i]])
                if (id >= Vocabulary.Reserved)
                    counts[i * vocabulary + id - Vocabulary.Reserved]++;
        return site.Bring(counts, chosen.Length, vocabulary);
    }
}
