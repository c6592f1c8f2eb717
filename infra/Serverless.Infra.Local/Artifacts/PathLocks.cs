using Serverless.Core.Artifacts;

namespace Serverless.Infra.Local.Artifacts;

/// <summary>One lock a path, from a fixed set of stripes: the host is the only process that writes, so a lock in memory decides every race.</summary>
internal sealed class PathLocks
{
    private readonly SemaphoreSlim[] stripes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for a path; dispose what comes back to let it go.</summary>
    public async ValueTask<Held> HoldAsync(ArtifactPath path, CancellationToken cancel)
    {
        var stripe = stripes[(uint)path.Value.GetHashCode(StringComparison.Ordinal) % stripes.Length];
        await stripe.WaitAsync(cancel);
        return new Held(stripe);
    }

    public readonly struct Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
