namespace Serverless.Benchmarks.Scale.Simulating;

/// <summary>A job of the simulation.</summary>
internal sealed class SimulatedJob
{
    /// <summary>When it comes, in seconds of the day.</summary>
    public required double At { get; init; }

    /// <summary>How long its program runs.</summary>
    public required double Seconds { get; init; }

    /// <summary>When its program began; negative: not yet.</summary>
    public double Began { get; set; } = -1;
}

/// <summary>Makes a day's jobs: more by day than by night, some of them all at once.</summary>
internal static class Arrivals
{
    public const double Day = 86_400;
    private const double LongestSeconds = 8 * 3600;

    /// <summary>The jobs in the order in which they come; the same for the same scenario.</summary>
    public static List<SimulatedJob> Of(Scenario scenario, Random random)
    {
        var jobs = new List<SimulatedJob>();
        while (jobs.Count < scenario.JobsPerDay)
        {
            var at = Time(random);
            var study = random.NextDouble() * ((1 - scenario.StudyShare) * scenario.StudyTrials + scenario.StudyShare) < scenario.StudyShare;
            for (var i = 0; i < (study ? scenario.StudyTrials : 1) && jobs.Count < scenario.JobsPerDay; i++)
                jobs.Add(new SimulatedJob { At = at, Seconds = Math.Min(LongestSeconds, scenario.MedianSeconds * Math.Exp(scenario.Sigma * Normal(random))) });
        }

        return [.. jobs.OrderBy(job => job.At)];
    }

    /// <summary>Between 8 and 18 o'clock 2.5 times as many as otherwise.</summary>
    private static double Time(Random random)
    {
        while (true)
        {
            var at = random.NextDouble() * Day;
            if (at is >= 8 * 3600 and < 18 * 3600 || random.NextDouble() < 0.4)
                return at;
        }
    }

    /// <summary>Box and Muller, 1958.</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
