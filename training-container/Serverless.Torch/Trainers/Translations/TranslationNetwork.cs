using Serverless.Training.Sequences;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Translations;

/// <summary>
/// Reads a text and writes another, word by word, looking at what it has read (Luong, Pham and Manning 2015, global attention). Writing is greedy and has a fixed number of steps.
/// What stands behind the end of the text that is read changes nothing.
/// </summary>
internal sealed class TranslationNetwork : nn.Module<Tensor, Tensor>
{
    private const double FarBelow = 1e4;
    private readonly int steps;
    private readonly Embedding read;
    private readonly Embedding written;
    private readonly GRU reader;
    private readonly GRU writer;
    private readonly Linear beginning;
    private readonly Linear compare;
    private readonly Linear mix;
    private readonly Linear words;
    private readonly Dropout dropout;
    private readonly Tensor never;

    public TranslationNetwork(TranslationRecipe recipe)
        : base(nameof(TranslationNetwork))
    {
        steps = recipe.Steps;
        read = nn.Embedding(recipe.Read, recipe.Embedding, padding_idx: Vocabulary.Padding);
        written = nn.Embedding(recipe.Written, recipe.Embedding, padding_idx: Vocabulary.Padding);
        reader = nn.GRU(recipe.Embedding, recipe.Width, batchFirst: true);
        writer = nn.GRU(recipe.Embedding, recipe.Width, batchFirst: true);
        beginning = nn.Linear(recipe.Width, recipe.Width);
        compare = nn.Linear(recipe.Width, recipe.Width, hasBias: false);
        mix = nn.Linear(2 * recipe.Width, recipe.Width);
        words = nn.Linear(recipe.Width, recipe.Written);
        dropout = nn.Dropout(recipe.Dropout);
        never = tensor([.. Enumerable.Range(0, recipe.Written).Select(id => id is Vocabulary.Padding or Vocabulary.Unknown or Vocabulary.Begin ? (float)-FarBelow : 0)]);
        register_buffer(nameof(never), never);
        RegisterComponents();
    }

    /// <summary>The scores of each next word, [N, written, words], when the words before are given.</summary>
    /// <param name="ids">What is read, [N, length].</param>
    /// <param name="before">The begin and the words written so far, [N, written].</param>
    public Tensor Scores(Tensor ids, Tensor before)
    {
        var (states, there, first) = Read(ids);
        return Next(writer.forward(dropout.forward(written.forward(before)), first).Item1, states, there);
    }

    /// <summary>The words that are written, [N, steps], 0 behind the end. A text that is read begins with the number that begins a text to write.</summary>
    public override Tensor forward(Tensor ids)
    {
        var (states, there, state) = Read(ids);
        var word = ids.narrow(1, 0, 1);
        var goesOn = word.ne(Vocabulary.End).to(ScalarType.Int64);
        List<Tensor> all = [];
        for (var step = 0; step < steps; step++)
        {
            (var output, state) = writer.forward(written.forward(word), state);
            word = (Next(output, states, there) + never).argmax(2);
            all.Add(word * goesOn);
            goesOn = goesOn * word.ne(Vocabulary.End).to(ScalarType.Int64);
        }

        return cat(all, 1);
    }

    private (Tensor States, Tensor There, Tensor First) Read(Tensor ids)
    {
        var there = ids.ne(Vocabulary.Padding).to(read.weight!.dtype).unsqueeze(2);
        var states = reader.forward(dropout.forward(read.forward(ids))).Item1 * there;
        var mean = states.sum(1) / there.sum(1);
        return (states, there, beginning.forward(mean).tanh().unsqueeze(0));
    }

    private Tensor Next(Tensor outputs, Tensor states, Tensor there)
    {
        var likeness = compare.forward(outputs).matmul(states.transpose(1, 2)) + (there.transpose(1, 2) - 1) * FarBelow;
        var seen = likeness.softmax(2).matmul(states);
        return words.forward(dropout.forward(mix.forward(cat([outputs, seen], 2)).tanh()));
    }
}
