using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Networks;

/// <summary>Classifies token sequences: embeddings of token and place, a transformer encoder, the mean over what is no padding.</summary>
internal sealed class TextEncoder : nn.Module<Tensor, Tensor>
{
    private readonly Embedding tokens;
    private readonly Embedding places;
    private readonly TransformerEncoder encoder;
    private readonly Linear head;

    public TextEncoder(long vocabulary = 40, long width = 16, long longest = 64, long classes = 3)
        : base(nameof(TextEncoder))
    {
        tokens = nn.Embedding(vocabulary, width);
        places = nn.Embedding(longest, width);
        encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(width, 4, 32, activation: nn.Activations.GELU), 2);
        head = nn.Linear(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = tokens.call(input) + places.call(arange(input.shape[1], device: input.device));
        var states = encoder.call(x.transpose(0, 1)).transpose(0, 1);
        var real = input.ne(0).unsqueeze(2).to(float32);
        return head.call((states * real).sum([1]) / real.sum([1]).clamp_min(1));
    }
}
