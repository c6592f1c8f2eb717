using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Sequences;

/// <summary>
/// Classifies numbers of words, [N, length] with 0 behind the end, to [N, classes]. What stands behind the end changes nothing: a text has the same scores whatever texts are in its batch.
/// Convolutions over neighbours (Kim 2014), or a recurrent network whose states are pooled; beside them the mean of the words (Joulin et al. 2017), which needs the fewest texts.
/// </summary>
internal sealed class SequenceNetwork : nn.Module<Tensor, Tensor>
{
    private const double FarBelow = 1e4;
    private const double FirstSpread = 0.1;
    private readonly Embedding words;
    private readonly GRU? recurrent;
    private readonly Conv1d? near;
    private readonly Conv1d? far;
    private readonly Dropout dropout;
    private readonly Linear classes;

    public SequenceNetwork(SequenceRecipe recipe)
        : base(nameof(SequenceNetwork))
    {
        words = nn.Embedding(recipe.Vocabulary, recipe.Embedding, padding_idx: 0);
        nn.init.normal_(words.weight!, 0, FirstSpread); // small, so that rare words, of which little is learnt, add little noise
        if (recipe.Recurrent)
            recurrent = nn.GRU(recipe.Embedding, recipe.Width, batchFirst: true);
        else
        {
            near = nn.Conv1d(recipe.Embedding, recipe.Width, 3, padding: 1);
            far = nn.Conv1d(recipe.Embedding, recipe.Width, 5, padding: 2);
        }

        dropout = nn.Dropout(recipe.Dropout);
        classes = nn.Linear(2 * recipe.Width + recipe.Embedding, recipe.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids)
    {
        var there = ids.ne(0).to(words.weight!.dtype).unsqueeze(1);
        var embedded = words.forward(ids);
        var pooled = recurrent is null ? Convolved(dropout.forward(embedded).transpose(1, 2), there) : Recurrent(dropout.forward(embedded), there);
        var mean = (embedded.transpose(1, 2) * there).sum(2) / there.sum(2);
        return classes.forward(dropout.forward(cat([pooled, mean], 1)));
    }

    /// <summary>The strongest place of each channel. Behind the end a word is all zeros, as beyond the edge of the text.</summary>
    private Tensor Convolved(Tensor embedded, Tensor there)
    {
        var words = embedded * there;
        return cat([(nn.functional.relu(near!.forward(words)) * there).amax([2]), (nn.functional.relu(far!.forward(words)) * there).amax([2])], 1);
    }

    /// <summary>The mean and the greatest of the states up to the end.</summary>
    private Tensor Recurrent(Tensor embedded, Tensor there)
    {
        var states = recurrent!.forward(embedded).Item1.transpose(1, 2);
        var mean = (states * there).sum(2) / there.sum(2);
        return cat([mean, (states + (there - 1) * FarBelow).amax([2])], 1);
    }
}
