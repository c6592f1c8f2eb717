using Serverless.Training.Embeddings;
using Serverless.Training.Features;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>A network over the columns of a table: categories are looked up in tables of their own, numbers go in as they are (Guo and Berkhahn 2016).</summary>
internal sealed class RowNetwork : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<Embedding> tables;
    private readonly Sequential body;

    public RowNetwork(FeaturePlan plan, RowNetworkOptions options, int classes)
        : base(nameof(RowNetwork))
    {
        var sizes = plan.Categories.Select(category => EmbeddingSize.Of(category.Slots)).ToList();
        tables = new([.. plan.Categories.Zip(sizes, (category, size) => nn.Embedding(category.Slots + 1, size, padding_idx: category.Slots))]);
        Width = plan.DenseCount + sizes.Sum();
        body = Layers(Width, options.Hidden, options.Dropout, classes);
        RegisterComponents();
    }

    /// <summary>What the layers behind the tables take.</summary>
    public int Width { get; }

    /// <summary>The layers behind the tables.</summary>
    public nn.Module<Tensor, Tensor> Body => body;

    /// <summary>The tables, [slots + 1, size] each.</summary>
    public IReadOnlyList<Tensor> Tables => [.. tables.Select(table => table.weight!)];

    /// <summary>Scores of the classes.</summary>
    /// <param name="numbers">[N, numbers].</param>
    /// <param name="slots">[N, categories].</param>
    public override Tensor forward(Tensor numbers, Tensor slots) =>
        body.forward(cat([numbers, .. tables.Select((table, i) => table.forward(slots.select(1, i)).to(numbers.dtype))], 1));

    /// <summary>Makes the layers behind the tables.</summary>
    public static Sequential Layers(int width, IReadOnlyList<int> hidden, double dropout, int classes)
    {
        List<(string, nn.Module<Tensor, Tensor>)> layers = [];
        foreach (var (i, wide) in hidden.Index())
        {
            layers.Add(($"linear{i + 1}", nn.Linear(width, wide, hasBias: false)));
            layers.Add(($"norm{i + 1}", nn.BatchNorm1d(wide)));
            layers.Add(($"relu{i + 1}", nn.ReLU()));
            layers.Add(($"dropout{i + 1}", nn.Dropout(dropout)));
            width = wide;
        }

        layers.Add(("classes", nn.Linear(width, classes)));
        return nn.Sequential(layers);
    }
}
