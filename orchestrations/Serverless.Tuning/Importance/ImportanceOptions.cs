namespace Serverless.Tuning.Importance;

/// <summary>What is asked of an <see cref="ImportanceReport"/>.</summary>
public sealed record ImportanceOptions
{
    /// <summary>The least complete trials with a finite value, of the study and of a parameter that is not always there: with fewer the best tenth is one trial, and a tree is chance.</summary>
    public const int LeastTrials = 10;

    /// <summary>The most trials that a forest learns from; of more, as many are picked evenly.</summary>
    public const int MostTrials = 5_000;

    /// <summary>The most trials with which every tree is asked about pairs: what a pair takes grows with the square of the leaves, so of more trials fewer trees are asked.</summary>
    public const int AllTreesTrials = 2_000;

    private const int FewestTrees = 8;

    /// <summary>The most trials times parameters of all forests of a report (one for each condition), as long as a forest has a twentieth of <see cref="MostTrials"/>: what a report takes is bounded by it.</summary>
    public const int MostCells = 400_000;

    /// <summary>The most parameters of which each pair is looked at: those by which the trees gain most.</summary>
    public const int MostPaired = 20;

    /// <summary>How.</summary>
    public ImportanceMethod Method { get; init; }

    /// <summary>The objective, from 0.</summary>
    public int Objective { get; init; }

    /// <summary>Whether pairs are looked at too; only by <see cref="ImportanceMethod.Fanova"/>.</summary>
    public bool Pairs { get; init; }

    /// <summary>How many trees; Optuna's number.</summary>
    public int Trees { get; init; } = 64;

    /// <summary>Where chance begins. The same trials and seed give the same report.</summary>
    public long Seed { get; init; }

    /// <summary>Of <see cref="ImportanceMethod.PedAnova"/>: which part of the trials is good; above 0, below 1. Optuna's number.</summary>
    public double TargetQuantile { get; init; } = 0.1;

    /// <summary>How many trees are asked about pairs.</summary>
    internal int TreesForPairs(int trials) => (int)Math.Clamp((double)Trees * AllTreesTrials * AllTreesTrials / ((double)trials * trials), Math.Min(FewestTrees, Trees), Trees);
}
