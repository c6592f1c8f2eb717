using System.Runtime;

namespace Serverless.Torch.Recording;

/// <summary>
/// Holds garbage collection back while a forward call is recorded. TorchSharp gives libtorch the address of a <c>Scalar</c> whose last managed use that is; our callback runs in the
/// middle of the operator, allocates, and a collection there would free the number under libtorch's hands. At best effort: beyond the budget the runtime collects anyway.
/// </summary>
internal sealed class QuietHeap : IDisposable
{
    private const long BudgetBytes = 64 << 20; // a stack trace an operator, 10 KB each: some thousand operators
    private static readonly Lock Gate = new();
    private static int recordings;

    public QuietHeap()
    {
        lock (Gate)
        {
            if (recordings++ == 0 && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
                GC.TryStartNoGCRegion(BudgetBytes, disallowFullBlockingGC: true);
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (--recordings == 0 && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
