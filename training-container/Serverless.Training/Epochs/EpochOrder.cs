namespace Serverless.Training.Epochs;

/// <summary>
/// The order in which an epoch visits the rows, and its batches. Both follow from the seed and the epoch's number alone, so that a run that goes on in the middle of an
/// epoch takes up at the batch where it left off.
/// </summary>
internal static class EpochOrder
{
    /// <summary>A permutation of the rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static int[] Shuffled(int rows, int seed, int epoch)
    {
        var order = new int[rows];
        for (var row = 0; row < rows; row++)
            order[row] = row;
        new Random(Mix(seed, epoch)).Shuffle(order);
        return order;
    }

    /// <summary>How many batches an epoch has. A last batch of one row is joined with the one before it: normalization over a batch needs two rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="batchSize">The rows of a batch.</param>
    public static int Batches(int rows, int batchSize)
    {
        var full = (rows + batchSize - 1) / batchSize;
        return full > 1 && batchSize > 1 && rows % batchSize == 1 ? full - 1 : full;
    }

    /// <summary>One batch of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="batchSize">The rows of a batch.</param>
    /// <param name="batch">Which, from 0.</param>
    public static ReadOnlySpan<int> Batch(ReadOnlySpan<int> order, int batchSize, int batch)
    {
        var first = batch * batchSize;
        var last = batch == Batches(order.Length, batchSize) - 1 ? order.Length : first + batchSize;
        return order[first..last];
    }

    /// <summary>Makes near seeds far apart (the finalizer of SplitMix64, Steele, Lea and Flood 2014).</summary>
    private static int Mix(int seed, int epoch)
    {
        var mixed = ((ulong)(uint)seed << 32 | (uint)epoch) + 0x9e3779b97f4a7c15;
        mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
        return (int)((mixed ^ mixed >> 31) & int.MaxValue);
    }
}
