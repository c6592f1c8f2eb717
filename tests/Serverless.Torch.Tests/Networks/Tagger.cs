using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Networks;

/// <summary>A tag for each token: embedding, two LSTM layers in both directions, a linear layer.</summary>
internal sealed class Tagger : nn.Module<Tensor, Tensor>
{
    private readonly Embedding tokens;
    private readonly LSTM encoder;
    private readonly Linear tags;

    public Tagger(long vocabulary = 50, long width = 12, long labels = 5)
        : base(nameof(Tagger))
    {
        tokens = nn.Embedding(vocabulary, width);
        encoder = nn.LSTM(width, width, numLayers: 2, batchFirst: true, bidirectional: true);
        tags = nn.Linear(2 * width, labels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => tags.call(encoder.call(tokens.call(input)).Item1);
}
