namespace Serverless.Inference.Protocol;

/// <summary>Bounds the bytes of all bodies that the host holds at the same time.</summary>
/// <param name="limit">The bound in bytes.</param>
internal sealed class BodyBudget(long limit)
{
    private long held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref held);

    /// <summary>Takes bytes off the budget; false when it has not that many left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref held, bytes) <= limit)
            return true;
        Interlocked.Add(ref held, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref held, -bytes);
}
