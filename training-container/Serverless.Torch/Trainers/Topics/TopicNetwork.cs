using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Topics;

/// <summary>
/// A neural topic model (Srivastava and Sutton, "Autoencoding Variational Inference for Topic Models", 2017; ProdLDA): counts of words become shares of topics, and those become words again.
/// </summary>
internal sealed class TopicNetwork : nn.Module<Tensor, Tensor>
{
    private readonly int topics;
    private readonly Linear first;
    private readonly Sequential trunk;
    private readonly Sequential mean;
    private readonly Sequential spread;
    private readonly Dropout dropout;
    private readonly Linear words;
    private readonly BatchNorm1d wordsNorm;

    public TopicNetwork(int vocabulary, TopicRecipe recipe)
        : base(nameof(TopicNetwork))
    {
        topics = recipe.Topics;
        first = nn.Linear(vocabulary, recipe.Width);
        trunk = Trunk(recipe);
        mean = Moment(recipe);
        spread = Moment(recipe);
        dropout = nn.Dropout(recipe.Dropout);
        words = nn.Linear(topics, vocabulary, hasBias: false);
        wordsNorm = nn.BatchNorm1d(vocabulary, affine: false);
        RegisterComponents();
    }

    /// <summary>What a word adds to the first layer, [width, vocabulary], and its bias.</summary>
    public (Tensor Weight, Tensor Bias) First => (first.weight!, first.bias!);

    /// <summary>From the first layer's sums to shares of topics.</summary>
    public Sequential AfterFirst() => AfterFirst(trunk, mean);

    /// <summary>Puts the parts behind the first layer together.</summary>
    public static Sequential AfterFirst(Sequential trunk, Sequential mean) => nn.Sequential(("trunk", trunk), ("mean", mean), ("softmax", nn.Softmax(1)));

    /// <summary>Makes the layers that the moments share.</summary>
    public static Sequential Trunk(TopicRecipe recipe) =>
        nn.Sequential(("softplus1", nn.Softplus()), ("hidden", nn.Linear(recipe.Width, recipe.Width)), ("softplus2", nn.Softplus()), ("dropout", nn.Dropout(recipe.Dropout)));

    /// <summary>Makes the layers of one moment of the distribution of topics.</summary>
    public static Sequential Moment(TopicRecipe recipe) =>
        nn.Sequential(("linear", nn.Linear(recipe.Width, recipe.Topics)), ("norm", nn.BatchNorm1d(recipe.Topics, affine: false)));

    /// <summary>Each topic's weights of words, [topics, vocabulary]. In evaluation mode.</summary>
    public Tensor TopicWords() => wordsNorm.forward(words.forward(eye(topics, device: words.weight!.device)));

    /// <summary>Shares of topics, [N, topics].</summary>
    public override Tensor forward(Tensor counts) => mean.forward(trunk.forward(first.forward(counts))).softmax(1);

    /// <summary>The negative log-likelihood of the words of each document, given shares of topics: [N].</summary>
    public Tensor Surprise(Tensor counts, Tensor shares) => -(counts * wordsNorm.forward(words.forward(shares)).log_softmax(1)).sum(1);

    /// <summary>The mean negative evidence lower bound. The prior is a Dirichlet of 1/topics each, as a normal distribution of logits (Laplace's approximation, section 3.2 of the paper).</summary>
    public Tensor Loss(Tensor counts)
    {
        var state = trunk.forward(first.forward(counts));
        var (centre, logVariance) = (mean.forward(state), spread.forward(state));
        var drawn = centre + (logVariance * 0.5).exp() * randn_like(centre);
        var priorVariance = topics * (1 - 2.0 / topics) + 1.0 / topics;
        var distance = ((logVariance.exp() + centre.square()) / priorVariance - 1 + Math.Log(priorVariance) - logVariance).sum(1) * 0.5;
        return (Surprise(counts, dropout.forward(drawn.softmax(1))) + distance).mean();
    }
}
