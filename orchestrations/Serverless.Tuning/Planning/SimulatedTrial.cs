namespace Serverless.Tuning.Planning;

/// <summary>A trial of a simulated study.</summary>
/// <param name="number">Its number.</param>
/// <param name="seconds">How long it runs when nothing comes between.</param>
/// <param name="failsAfter">After how long its program fails; null: it does not.</param>
/// <param name="losses">What it reports, at even parts of its time.</param>
internal sealed class SimulatedTrial(int number, double seconds, double? failsAfter, double[] losses)
{
    public int Number { get; } = number;

    public double Seconds { get; } = seconds;

    public double? FailsAfter { get; } = failsAfter;

    public double[] Losses { get; } = losses;

    /// <summary>When its attempt began; <see cref="double.NaN"/>: it waits.</summary>
    public double Since { get; set; } = double.NaN;

    /// <summary>The machine of its attempt.</summary>
    public int Machine { get; set; }

    /// <summary>Which of the ends that were foreseen counts.</summary>
    public int Token { get; set; }

    /// <summary>How many machines it lost.</summary>
    public int Evictions { get; set; }

    /// <summary>What earlier attempts took, in seconds.</summary>
    public double Spent { get; set; }

    /// <summary>The next report that is read.</summary>
    public int Read { get; set; }

    /// <summary>How many reports its program has made.</summary>
    public int Reported { get; set; }

    /// <summary>Its next report is foreseen.</summary>
    public bool IsReporting { get; set; }

    public bool StopAsked { get; set; }

    public bool Pruned { get; set; }

    /// <summary>How it ended; null: it runs or waits.</summary>
    public TrialOutcome? Outcome { get; set; }
}
