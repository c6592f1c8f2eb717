namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>How <see cref="TpeSampler"/> works. The defaults are those of Optuna 4.9, which most people know.</summary>
public sealed record TpeOptions
{
    /// <summary>What is modelled jointly.</summary>
    public TpeModel Model { get; init; } = TpeModel.Grouped;

    /// <summary>How many trials are drawn by chance before there is a model; at least 1.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>How many points are drawn, of which the best is proposed; at least 1.</summary>
    public int Candidates { get; init; } = 24;

    /// <summary>The part of the trials that is called good; in (0, 1).</summary>
    public double GoodShare { get; init; } = 0.1;

    /// <summary>The most trials that are called good.</summary>
    public int MaxGood { get; init; } = 25;

    /// <summary>How many of the latest trials have their full weight; older ones have less the older they are.</summary>
    public int FullWeights { get; init; } = 25;

    /// <summary>The weight of the prior, which covers the whole space, against that of a trial; more than 0.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary>Keeps kernels from becoming narrower than the space divided by the number of trials, at most 100 (section 3.3.1 of Watanabe's paper).</summary>
    public bool MagicClip { get; init; } = true;

    /// <summary>Takes trials that run for bad ones, so that those proposed at once lie apart (constant liar; Ginsbourger, Le Riche, Carraro 2010).</summary>
    public bool ConstantLiar { get; init; }
}
