namespace Serverless.Api.Jobs;

/// <summary>Where in the files of a job's metrics the positions lie that readers were given last, so that going on costs what is new. One that was forgotten costs a reading from the beginning.</summary>
internal sealed class MetricCursors
{
    /// <summary>Most positions that are remembered, the oldest first to go: some 100 bytes each.</summary>
    private const int MaxKept = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(string JobId, long Position), (int Epoch, long Offset)> places = [];
    private readonly Queue<(string JobId, long Position)> order = new();

    /// <summary>The attempt and the byte of its file where a position lies; null when it is not remembered.</summary>
    public (int Epoch, long Offset)? Find(string jobId, long position)
    {
        lock (gate)
            return places.TryGetValue((jobId, position), out var place) ? place : null;
    }

    /// <summary>Remembers a position.</summary>
    public void Keep(string jobId, long position, int epoch, long offset)
    {
        lock (gate)
        {
            if (places.TryAdd((jobId, position), (epoch, offset)))
                order.Enqueue((jobId, position));
            else
                places[(jobId, position)] = (epoch, offset); // the same point, seen from a later attempt
            while (order.Count > MaxKept)
                places.Remove(order.Dequeue());
        }
    }
}
