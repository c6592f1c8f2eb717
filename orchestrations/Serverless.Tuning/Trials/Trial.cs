namespace Serverless.Tuning.Trials;

/// <summary>One point of the space, and what came of it. Samplers and pruners read it; only the study changes it.</summary>
public sealed class Trial
{
    private readonly Curve[] curves;
    private double[] values = [];

    internal Trial(int number, double[] point, TrialOrigin origin, int? parent, int objectives)
    {
        (Number, PointArray, Origin, Parent) = (number, point, origin, parent);
        curves = [.. Enumerable.Range(0, objectives).Select(_ => new Curve())];
    }

    /// <summary>Its number in the study, from 0 without gaps.</summary>
    public int Number { get; }

    /// <summary>Its coordinates, in the order of the space's dimensions; <see cref="double.NaN"/>: not there.</summary>
    public ReadOnlySpan<double> Point => PointArray;

    /// <summary>Where its point comes from.</summary>
    public TrialOrigin Origin { get; }

    /// <summary>The trial whose checkpoint it begins with; null: it begins from nothing.</summary>
    public int? Parent { get; }

    /// <summary>Where it is in its life.</summary>
    public TrialStatus Status { get; private set; }

    /// <summary>Its values, one for each objective; none unless it is complete.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>What it reported, one curve for each objective.</summary>
    public IReadOnlyList<Curve> Curves => curves;

    /// <summary>It was told to stop, and has not ended yet.</summary>
    public bool StopAsked { get; internal set; }

    /// <summary>What was said of its end; null: nothing.</summary>
    public TrialEnding? Ending { get; private set; }

    /// <summary>It has failed because it was broken off from outside.</summary>
    public bool Cut { get; internal set; }

    /// <summary>How often it was begun anew after it had been broken off.</summary>
    public int Repeats { get; internal set; }

    internal double[] PointArray { get; }

    internal double[] ValueArray => values;

    internal void End(TrialStatus status, double[] final, TrialEnding? ending = null)
    {
        Status = status;
        values = final;
        Ending = ending;
        StopAsked = false;
    }
}
