using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics;

/// <summary>Metric points that wait to be reported, with their positions. Bounded: what comes beyond is counted and dropped.</summary>
internal sealed class PointQueue(int capacity = PointQueue.DefaultCapacity)
{
    public const int DefaultCapacity = 100_000;

    private readonly Queue<MetricPoint> waiting = new();
    private readonly Lock gate = new();
    private long taken;

    /// <summary>Points that were dropped because too many waited.</summary>
    public long Dropped { get; private set; }

    public void Add(MetricPoint point)
    {
        lock (gate)
        {
            if (waiting.Count < capacity)
                waiting.Enqueue(point);
            else
                Dropped++;
        }
    }

    /// <summary>The first points that wait, and the position of the first among all of the attempt. They stay until <see cref="Remove"/>.</summary>
    public (long First, IReadOnlyList<MetricPoint> Points) Peek(int most)
    {
        lock (gate)
            return (taken, waiting.Count == 0 ? [] : [.. waiting.Take(most)]);
    }

    /// <summary>The host has them.</summary>
    public void Remove(int count)
    {
        lock (gate)
        {
            for (var i = 0; i < count; i++)
                waiting.Dequeue();
            taken += count;
        }
    }
}
