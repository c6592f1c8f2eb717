using Serverless.Core.Endpoints;

namespace Serverless.Inference.Routing;

/// <summary>Which model versions answer for an endpoint, as its record had it when it was read. Immutable: traffic changes by another route taking its place.</summary>
internal sealed class EndpointRoute
{
    private const ulong Stride = 61; // no common factor with 100: the turns of a split in percent come evenly mixed
    private readonly int total;
    private int turn = -1;
    private int answered;

    /// <summary>Takes a record's traffic; shares of 0 answer nothing.</summary>
    public EndpointRoute(EndpointRecord record)
    {
        Record = record;
        Shares = [.. record.Traffic.Where(share => share.Weight > 0).Select(share => (new EndpointModel(share.Model, share.Version), share.Weight))];
        total = Shares.Sum(share => share.Weight);
        Idle = TimeSpan.FromSeconds(Math.Max(1, record.IdleSeconds));
    }

    /// <summary>The record.</summary>
    public EndpointRecord Record { get; }

    /// <summary>The versions with their shares.</summary>
    public IReadOnlyList<(EndpointModel Model, int Weight)> Shares { get; }

    /// <summary>After how long without a call its sessions are unloaded.</summary>
    public TimeSpan Idle { get; }

    /// <summary>True once: for the first answer.</summary>
    public bool TakeFirst() => answered == 0 && Interlocked.Exchange(ref answered, 1) == 0;

    /// <summary>Who answers this call; null when nobody does.</summary>
    /// <param name="stickyKey">Calls with the same key go to the same version as long as the shares stand; null: in turns, exact over as many calls as the shares add up to.</param>
    public EndpointModel? Choose(string? stickyKey)
    {
        if (Shares.Count <= 1)
            return Shares.Count == 0 ? null : Shares[0].Model;
        var point = stickyKey is null
            ? (int)((uint)Interlocked.Increment(ref turn) * (total == 100 ? Stride : 1UL) % (uint)total)
            : (int)(Hash(Record.Name, stickyKey) % (uint)total);
        foreach (var (model, weight) in Shares)
        {
            point -= weight;
            if (point < 0)
                return model;
        }

        return Shares[^1].Model;
    }

    /// <summary>FNV-1a over both texts with a final mix, so that keys that differ in one character fall apart. The same on every host and after every restart.</summary>
    private static uint Hash(string endpoint, string key)
    {
        var hash = 2166136261u;
        foreach (var character in endpoint)
            hash = (hash ^ character) * 16777619u;
        hash = (hash ^ '\n') * 16777619u;
        foreach (var character in key)
            hash = (hash ^ character) * 16777619u;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return hash ^ (hash >> 16);
    }
}
