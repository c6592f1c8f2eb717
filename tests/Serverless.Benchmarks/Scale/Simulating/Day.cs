namespace Serverless.Benchmarks.Scale.Simulating;

/// <summary>Simulates a day, and lays what a job costs over it.</summary>
internal static class Day
{
    private const int Bin = 10;
    private const double CountedLease = 15;
    private const int Seed = 20261121;

    /// <summary>The loads that are laid over the day, by the beginnings of the names of calls.</summary>
    private static readonly (string Load, string[] Prefixes, bool OfRenewals)[] Loads =
    [
        ("tables", ["tables."], true),
        ("index", ["index.job"], true),
        ("blobs", ["artifacts."], false),
        ("bus", ["doorbell.send", "doorbell.receive", "doorbell.settle"], false),
        ("http", ["http.agent", "http.claim", "http.renew", "http.content"], true),
    ];

    /// <summary>Simulates.</summary>
    public static DayResult Run(Scenario scenario, JobProfile profile)
    {
        var random = new Random(Seed);
        var jobs = Arrivals.Of(scenario, random);
        var pools = Enumerable.Range(0, scenario.Pools).Select(_ => new PoolSimulation(scenario, random)).ToList();
        for (var i = 0; i < pools.Count; i++)
            pools[i].Run(jobs.Where((_, place) => place % pools.Count == i));
        var waits = jobs.Select(job => job.Began - job.At).Order().ToList();
        var looks = pools.Sum(pool => pool.Looks.All);
        var paid = pools.Sum(pool => pool.Seconds.Paid);
        return new DayResult
        {
            Scenario = scenario,
            PeakMachines = pools.Sum(pool => pool.Peak),
            PeakRunning = Running(jobs).Max(),
            Wait = (waits[waits.Count / 2], waits[waits.Count * 99 / 100]),
            RefusedShare = (double)pools.Sum(pool => pool.Looks.Refused) / Math.Max(1, looks),
            LongestLinger = pools.SelectMany(pool => pool.Lingered).DefaultIfEmpty().Max(),
            PaidOverUsed = paid / pools.Sum(pool => pool.Seconds.Used),
            PaidHours = paid / 3600,
            Peaks = Peaks(scenario, profile, jobs),
        };
    }

    private static Dictionary<string, double> Peaks(Scenario scenario, JobProfile profile, List<SimulatedJob> jobs)
    {
        var running = Running(jobs);
        var (begins, ends) = (new double[running.Length], new double[running.Length]);
        foreach (var job in jobs)
        {
            begins[(int)(job.At / Bin)] += 1.0 / Bin;
            ends[(int)((job.Began + job.Seconds) / Bin)] += 1.0 / Bin;
        }

        var peaks = new Dictionary<string, double>(StringComparer.Ordinal) { ["actions"] = Peak(profile.Actions / 2, profile.ActionsOfSecond * CountedLease / scenario.LeaseSeconds) };
        foreach (var (load, prefixes, ofRenewals) in Loads)
            peaks[load] = Peak(prefixes.Sum(profile.OfJob) / 2, prefixes.Sum(profile.OfSecond) / (ofRenewals ? scenario.RenewSeconds : 1));
        return peaks;

        // Half of what a job costs comes when it does, half when it ends.
        double Peak(double half, double ofSecond) => Enumerable.Range(0, running.Length).Max(i => half * (begins[i] + ends[i]) + ofSecond * running[i]);
    }

    private static double[] Running(List<SimulatedJob> jobs)
    {
        var bins = new double[(int)(jobs.Max(job => job.Began + job.Seconds) / Bin) + 2];
        foreach (var job in jobs)
        {
            for (var i = (int)(job.Began / Bin); i <= (int)((job.Began + job.Seconds) / Bin); i++)
                bins[i] += Math.Max(0, Math.Min(job.Began + job.Seconds, (i + 1.0) * Bin) - Math.Max(job.Began, (double)i * Bin)) / Bin;
        }

        return bins;
    }
}
