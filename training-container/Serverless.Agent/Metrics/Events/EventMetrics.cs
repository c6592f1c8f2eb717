using Serverless.Contracts.Jobs;
using Serverless.Jobs.Events;

namespace Serverless.Agent.Metrics.Events;

/// <summary>
/// Reports the scalars of the TensorBoard event files that a program writes while it runs. When the job names no tags, all scalars of the TensorBoard folder are metrics,
/// but for those whose name the program also reports by its log or the metrics file: what it says itself goes before what it draws.
/// </summary>
internal sealed class EventMetrics
{
    /// <summary>Most files that are followed; each is looked at ten times a second.</summary>
    private const int MaxFiles = 1_000;

    /// <summary>How much is read before points are sent: at 40 bytes or more a scalar fewer than may wait (<see cref="PointQueue"/>).</summary>
    private const long LookBytes = 4 << 20;

    private const int ScanShare = 10;
    private static readonly TimeSpan ScanEvery = TimeSpan.FromSeconds(0.5);

    private readonly IReadOnlyList<EventSource> sources;
    private readonly IReadOnlyDictionary<string, long> delivered;
    private readonly PointQueue points;
    private readonly TimeProvider clock;
    private readonly DateTimeOffset begin;
    private readonly Action<string> note;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> fresh = new(StringComparer.Ordinal);
    private readonly List<MetricPoint> held = [];
    private byte[] buffer = EventTail.NewBuffer();
    private long scannedAt;
    private TimeSpan scanWait = TimeSpan.Zero;
    private bool toldFiles;
    private bool toldLink;
    private int turn;

    /// <summary>Begins.</summary>
    /// <param name="sources">Where event files are, and which of their scalars count.</param>
    /// <param name="delivered">Files that came with the job's code, and their sizes: what stands in them no program of this job wrote.</param>
    /// <param name="points">Takes the points.</param>
    /// <param name="clock">The time.</param>
    /// <param name="note">Writes to the job's log.</param>
    public EventMetrics(IReadOnlyList<EventSource> sources, IReadOnlyDictionary<string, long> delivered, PointQueue points, TimeProvider clock, Action<string> note)
    {
        this.sources = sources;
        this.delivered = delivered;
        this.points = points;
        this.clock = clock;
        this.note = note;
        begin = clock.GetUtcNow();
    }

    /// <summary>Reads what is new, within a bound.</summary>
    /// <param name="last">Whether the program has ended, so that nothing is waited for.</param>
    /// <returns>Whether there may be more to read at once.</returns>
    public bool Read(bool last)
    {
        Release();
        Scan(last);
        var (left, all) = (LookBytes, sources.SelectMany(source => source.Tails.Values.Select(tail => (source, tail))).ToList());
        turn = all.Count == 0 ? 0 : turn % all.Count;
        for (var i = 0; i < all.Count && left > 0; i++)
        {
            var (source, tail) = all[(turn + i) % all.Count];
            left -= tail.Read(left, last, scalar => Take(source, tail, scalar), ref buffer);
        }

        // The next look begins with another file, so that one that grows fast does not keep the others waiting.
        turn++;
        if (last && left > 0)
            Release();
        return left <= 0;
    }

    private void Scan(bool last)
    {
        if (!last && clock.GetElapsedTime(scannedAt) < scanWait)
            return;
        var started = clock.GetTimestamp();
        foreach (var source in sources)
        {
            if (source.Folder.BeginsAtLink && !toldLink)
            {
                toldLink = true;
                note($"The folder '{source.Folder.Pattern}' of event files is a link; links are not followed. Scalars of files below SERVERLESS_TENSORBOARD_DIR are read when the metric names no folder.");
            }

            foreach (var file in source.Folder.Scan(MaxFiles, out var tooMany))
            {
                if (!source.Tails.ContainsKey(file.Path))
                    source.Tails[file.Path] = new EventTail(source.Folder.Root, file.Path, source.Folder.Pattern is null ? 0 : delivered.GetValueOrDefault(file.Path), note);
                if (tooMany && !toldFiles)
                {
                    toldFiles = true;
                    note($"There are more than {MaxFiles:N0} event files: the scalars of the others are not reported.");
                }
            }
        }

        scannedAt = clock.GetTimestamp();
        var took = clock.GetElapsedTime(started, scannedAt) * ScanShare;
        scanWait = took > ScanEvery ? took : ScanEvery;
    }

    private void Take(EventSource source, EventTail tail, ScalarEvent scalar)
    {
        var folder = Path.GetDirectoryName(tail.Path) ?? "";
        foreach (var rule in source.Rules)
        {
            if (rule.NameOf(folder, scalar.Tag, note) is not { } name)
                continue;
            var point = new MetricPoint(name, scalar.Value, scalar.Step, At(scalar.WallSeconds));
            if (rule.Tag is not null)
                points.Add(point);
            else if (fresh.Contains(name) || (names.Add(name) && fresh.Add(name)))
                held.Add(point);
            else
                points.AddUnlessTold(point);
        }
    }

    /// <summary>The first points of a name wait for one look: by then its log or metrics file has said whether it reports that name itself.</summary>
    private void Release()
    {
        foreach (var point in held)
            points.AddUnlessTold(point);
        held.Clear();
        fresh.Clear();
    }

    /// <summary>The time by the program's clock, as far as it can be that of something this attempt wrote: its clock is the node's.</summary>
    private DateTimeOffset At(double wallSeconds)
    {
        var now = clock.GetUtcNow();
        if (!(wallSeconds >= begin.ToUnixTimeMilliseconds() / 1000.0))
            return begin;
        return wallSeconds >= now.ToUnixTimeMilliseconds() / 1000.0 ? now : DateTimeOffset.UnixEpoch.AddSeconds(wallSeconds);
    }
}
