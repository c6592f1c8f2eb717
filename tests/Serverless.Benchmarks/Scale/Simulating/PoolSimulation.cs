namespace Serverless.Benchmarks.Scale.Simulating;

/// <summary>
/// One pool, event by event: jobs wait and look at the pool after 1, 2, 4, … 30 seconds, as <c>JobWatch</c> has them do; a look reads the scale set and lists its machines, and asks for more when more are
/// wanted; machines come, run jobs, and end one by one after their idle time. Compute's throttles are per scale set (source: its page "Compute throttling limits", 2024-05-27).
/// </summary>
internal sealed class PoolSimulation(Scenario scenario, Random random)
{
    private const double LongestGlance = 30;
    private const double DeleteRetry = 15;

    private readonly PriorityQueue<Action, (double At, long Order)> events = new();
    private readonly Queue<SimulatedJob> waiting = new();
    private readonly Stack<Machine> idle = new();
    private readonly Bucket reads = new(36, 12);
    private readonly Bucket updates = new(12, 4);
    private readonly Bucket deletes = new(12, 4);
    private double now;
    private double lastLook = double.NegativeInfinity;
    private double updatedUntil;
    private int lastWanted;
    private long order;
    private int machines;
    private int coming;

    /// <summary>Looks at the scale set, and those that Compute refused.</summary>
    public (int All, int Refused) Looks { get; private set; }

    /// <summary>Most machines at once.</summary>
    public int Peak { get; private set; }

    /// <summary>Seconds of machines that were paid, and those in which a job ran.</summary>
    public (double Paid, double Used) Seconds { get; private set; }

    /// <summary>How long each machine lingered because its end was refused.</summary>
    public List<double> Lingered { get; } = [];

    /// <summary>Runs until all jobs have ended and all machines are gone.</summary>
    public void Run(IEnumerable<SimulatedJob> jobs)
    {
        foreach (var job in jobs)
            At(job.At, () => Arrive(job));
        while (events.TryDequeue(out var happen, out var when))
        {
            now = when.At;
            happen();
        }
    }

    private void Arrive(SimulatedJob job)
    {
        if (idle.TryPop(out var machine))
        {
            Start(machine, job);
            return;
        }

        waiting.Enqueue(job);
        Glance(job);
    }

    private void Glance(SimulatedJob job)
    {
        if (job.Began >= 0)
            return;
        Look();
        At(now + Math.Clamp(now - job.At, 1, LongestGlance), () => Glance(job));
    }

    private void Look()
    {
        var wanted = Math.Min(scenario.MaxNodes, machines + waiting.Count - coming);
        if (now - lastLook < (wanted <= lastWanted ? scenario.LookSeconds : Math.Min(scenario.LookGap, scenario.LookSeconds)))
            return;
        var refused = !reads.Take(now, 2);
        Looks = (Looks.All + 1, Looks.Refused + (refused ? 1 : 0));
        if (refused)
            return;
        (lastLook, lastWanted) = (now, wanted);
        if (wanted <= machines || now < updatedUntil || !updates.Take(now))
            return;
        var more = wanted - machines;
        updatedUntil = now + 5; // another update is refused with 409 while one begins
        for (var i = 0; i < more; i++)
        {
            var machine = new Machine { Since = now };
            machines++;
            coming++;
            At(now + scenario.BootSeconds * (0.7 + 0.6 * random.NextDouble()), () =>
            {
                coming--;
                Free(machine);
            });
        }

        Peak = Math.Max(Peak, machines);
    }

    private void Start(Machine machine, SimulatedJob job)
    {
        job.Began = now;
        machine.Uses++;
        At(now + job.Seconds, () =>
        {
            Seconds = (Seconds.Paid, Seconds.Used + job.Seconds);
            Free(machine);
        });
    }

    private void Free(Machine machine)
    {
        if (waiting.TryDequeue(out var job))
        {
            Start(machine, job);
            return;
        }

        idle.Push(machine);
        var uses = machine.Uses;
        At(now + scenario.IdleSeconds, () =>
        {
            if (machine.Uses == uses && Remove(machine))
                Delete(machine, now);
        });
    }

    private void Delete(Machine machine, double since)
    {
        if (reads.Take(now) && deletes.Take(now))
        {
            machines--;
            Lingered.Add(now - since);
            Seconds = (Seconds.Paid + now - machine.Since, Seconds.Used);
            return;
        }

        At(now + DeleteRetry, () => Delete(machine, since));
    }

    private bool Remove(Machine machine)
    {
        if (!idle.Contains(machine))
            return false;
        var others = idle.Where(one => one != machine).Reverse().ToList();
        idle.Clear();
        others.ForEach(idle.Push);
        return true;
    }

    private void At(double when, Action happen) => events.Enqueue(happen, (when, order++));

    private sealed class Machine
    {
        public required double Since { get; init; }

        public int Uses { get; set; }
    }
}
