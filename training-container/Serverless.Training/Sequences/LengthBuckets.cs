namespace Serverless.Training.Sequences;

/// <summary>
/// Puts texts of like length into one batch, so that little is padded, and keeps the epoch random: within pools of many batches of the epoch's order, texts are sorted by
/// length and cut into batches, and the batches of a pool come in the order of their first text in the epoch. It follows from the order alone, so a run that goes on gets the same.
/// </summary>
internal static class LengthBuckets
{
    /// <summary>Batches that are sorted together.</summary>
    private const int PoolBatches = 64;

    /// <summary>The batches of an epoch.</summary>
    /// <param name="order">The epoch's order of rows.</param>
    /// <param name="lengths">Each row's length.</param>
    /// <param name="batchSize">Rows of a batch; a last one may have fewer.</param>
    public static IReadOnlyList<int[]> Batches(IReadOnlyList<int> order, IReadOnlyList<int> lengths, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var batches = new List<int[]>();
        foreach (var pool in Enumerable.Range(0, order.Count).Chunk(checked(batchSize * PoolBatches)))
            batches.AddRange(pool.OrderBy(place => lengths[order[place]]).ThenBy(place => place).Chunk(batchSize)
                .OrderBy(batch => batch.Min()).Select(batch => batch.Select(place => order[place]).ToArray()));
        return batches;
    }
}
