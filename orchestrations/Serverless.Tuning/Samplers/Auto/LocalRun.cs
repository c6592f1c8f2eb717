using Serverless.Tuning.Sampling;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Auto;

/// <summary>Where a search in a shrinking neighbourhood is, and which ones were before it.</summary>
/// <remarks>The radius follows how true the model's promises were, as in any trust-region method (Conn, Gould and Toint, Trust-Region Methods, 2000, algorithm 6.1.1).</remarks>
internal sealed record LocalRun
{
    /// <summary>No trial.</summary>
    public const int None = -1;

    /// <summary>A run begins with a fifth of each range to each side.</summary>
    public const double FirstRadius = 0.2;

    /// <summary>A run ends when it has narrowed to this.</summary>
    public const double LeastRadius = 1e-6;

    private const double LargestRadius = 0.5;
    private const int PatientFailures = 2;
    private const int MostFinished = 200;
    private const string RunRow = "run", FinishedRow = "finished";

    /// <summary>The best trial of the run; none before its first trial ends.</summary>
    public int Centre { get; init; } = None;

    /// <summary>The trial that it began with.</summary>
    public int Start { get; init; } = None;

    /// <summary>How far from the centre it looks, in ranges of the parameters.</summary>
    public double Radius { get; init; } = FirstRadius;

    /// <summary>How many promises in a row were not kept.</summary>
    public int Failures { get; init; }

    /// <summary>The trial that it waits for.</summary>
    public int Pending { get; init; } = None;

    /// <summary>By how much the model promised that trial to be better than the centre.</summary>
    public double Promised { get; init; }

    /// <summary>The trial is at the neighbourhood's edge.</summary>
    public bool AtEdge { get; init; }

    /// <summary>How many hops beside the bottom were in vain; <see cref="None"/>: the run still descends.</summary>
    public int Hops { get; init; } = None;

    /// <summary>Where earlier runs began and ended.</summary>
    public IReadOnlyList<int> Finished { get; init; } = [];

    /// <summary>What the memory has.</summary>
    public static LocalRun Read(SamplerMemory memory)
    {
        int[] finished = [.. (memory.Row(FinishedRow) ?? []).Select(number => (int)number)];
        return memory.Row(RunRow) is not [var centre, var start, var radius, var failures, var pending, var promised, var atEdge, var hops]
            ? new LocalRun { Finished = finished }
            : new LocalRun
            {
                Centre = (int)centre,
                Start = (int)start,
                Radius = radius,
                Failures = (int)failures,
                Pending = (int)pending,
                Promised = promised,
                AtEdge = atEdge != 0,
                Hops = (int)hops,
                Finished = finished,
            };
    }

    /// <summary>What the memory is to have.</summary>
    public IEnumerable<KeyValuePair<string, double[]>> Rows() =>
    [
        new(RunRow, [Centre, Start, Radius, Failures, Pending, Promised, AtEdge ? 1 : 0, Hops]),
        new(FinishedRow, [.. Finished.Select(number => (double)number)]),
    ];

    /// <summary>The run is over; the next one begins anew.</summary>
    public LocalRun Finish() => new() { Finished = [.. Finished.Union(new[] { Centre, Start }.Where(number => number != None)).TakeLast(MostFinished)] };

    /// <summary>Takes account of the trial that was waited for, if it has ended.</summary>
    public LocalRun Settle(TrialHistory history, Observations known, Basins basins)
    {
        if (Pending == None)
            return this;
        if (Pending >= history.Trials.Count || history.Trials[Pending].Origin != TrialOrigin.Sampled)
            return this with { Pending = None, Radius = Math.Max(Radius / 2, LeastRadius) }; // it was refused
        if (history.Trials[Pending].Status == TrialStatus.Running)
            return this;
        var ended = known.IndexOf(Pending);
        if (ended < 0)
            return Finish();
        if (Centre == None)
            return this with { Pending = None, Centre = Pending, Start = Pending };
        var centre = known.IndexOf(Centre);
        return centre < 0 ? Finish() : Judge(known.Losses[centre] - known.Losses[ended], basins.IsAtEndOf(Finished, Pending));
    }

    private LocalRun Judge(double gained, bool joined)
    {
        if (gained > 0 && joined)
            return (this with { Centre = None }).Finish();
        if (Hops != None)
            return gained > 0 ? this with { Centre = Pending, Pending = None, Radius = FirstRadius / 2, Failures = 0, Hops = None } : this with { Pending = None, Hops = Hops + 1 };
        var kept = gained > 0.1 * Promised;
        var radius = gained > 0.5 * Promised && AtEdge ? Math.Min(2 * Radius, LargestRadius) : Radius;
        var failures = kept ? 0 : Failures + 1;
        if (failures >= PatientFailures)
            (radius, failures) = (radius / 2, 0);
        var next = this with { Centre = gained > 0 ? Pending : Centre, Pending = None, Radius = radius, Failures = failures };
        return radius < LeastRadius ? next.Finish() : next;
    }
}
