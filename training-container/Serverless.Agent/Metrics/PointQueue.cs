using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics;

/// <summary>
/// Metric points that wait to be reported, with their positions. Bounded: of those that come while it is full only each metric's newest is kept, the others are counted and
/// dropped; so the last value of a metric is never lost, however fast a program reports.
/// </summary>
internal sealed class PointQueue(int capacity = PointQueue.DefaultCapacity)
{
    public const int DefaultCapacity = 100_000;

    /// <summary>Most names that are known: more than any program means to report.</summary>
    private const int MaxNames = 20_000;

    private readonly Queue<MetricPoint> waiting = new();
    private readonly Dictionary<string, MetricPoint> newest = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long taken;

    /// <summary>Points that were dropped because too many waited.</summary>
    public long Dropped { get; private set; }

    /// <summary>A point that the program reported by itself, or that the job asks for by name.</summary>
    public void Add(MetricPoint point)
    {
        lock (gate)
        {
            if (told.Count < MaxNames)
                told.Add(point.Name);
            Put(point);
        }
    }

    /// <summary>A point that was found without being asked for: it counts unless the program reports that name by itself.</summary>
    public void AddUnlessTold(MetricPoint point)
    {
        lock (gate)
        {
            if (!told.Contains(point.Name))
                Put(point);
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
            if (newest.Count > 0 && (waiting.Count == 0 || waiting.Count + newest.Count <= capacity))
                Refill();
        }
    }

    private void Put(MetricPoint point)
    {
        if (waiting.Count < capacity && newest.Count == 0)
            waiting.Enqueue(point);
        else if (newest.Count < MaxNames || newest.ContainsKey(point.Name))
            Dropped += newest.TryAdd(point.Name, point) ? 0 : Replace(point);
        else
            Dropped++;
    }

    private int Replace(MetricPoint point)
    {
        newest[point.Name] = point;
        return 1;
    }

    /// <summary>What was kept while there was no room goes on, before anything that comes now.</summary>
    private void Refill()
    {
        foreach (var point in newest.Values)
            waiting.Enqueue(point);
        newest.Clear();
    }
}
