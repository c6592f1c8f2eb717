using Serverless.Training.Epochs;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>What is learnt: a network, the rows it learns from, and how far it is off. <see cref="Trainer"/> does the rest.</summary>
internal abstract class TrainingTask
{
    /// <summary>The network.</summary>
    public abstract nn.Module Network { get; }

    /// <summary>The rows to learn from.</summary>
    public abstract int Rows { get; }

    /// <summary>Whether rows are put aside to choose the best epoch by.</summary>
    public abstract bool HasValidation { get; }

    /// <summary>The metric by which an epoch is better than another, and whether higher is better.</summary>
    public abstract (string Name, bool Higher) Watched { get; }

    /// <summary>The batches of an epoch: always as many, whatever the order is.</summary>
    /// <param name="order">The order of the rows in this epoch.</param>
    /// <param name="batchSize">The rows of a batch.</param>
    public virtual IReadOnlyList<int[]> Batches(int[] order, int batchSize) =>
        [.. Enumerable.Range(0, EpochOrder.Batches(order.Length, batchSize)).Select(batch => EpochOrder.Batch(order, batchSize, batch).ToArray())];

    /// <summary>The mean loss of a batch, a 32-bit number with a gradient. The network is in training mode.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="rows">Rows, from 0.</param>
    /// <param name="site">Where to compute.</param>
    public abstract Tensor Loss(int epoch, IReadOnlyList<int> rows, ComputeSite site);

    /// <summary>Measures after an epoch: on the rows put aside to validate on, or else on those put aside for the end. The network is in evaluation mode, gradients are off.</summary>
    /// <returns>Nothing when no row is put aside.</returns>
    public abstract IReadOnlyList<Metric> Measure(ComputeSite site);
}
