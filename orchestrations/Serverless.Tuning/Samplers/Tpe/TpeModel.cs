namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>Which parameters <see cref="TpeSampler"/> models jointly.</summary>
public enum TpeModel
{
    /// <summary>None: each by itself, with kernels as wide as the gaps between trials (Bergstra et al. 2011).</summary>
    Independent,

    /// <summary>Those that are always there; the others each by itself (Falkner et al. 2018).</summary>
    Multivariate,

    /// <summary>All that are there under the same condition.</summary>
    Grouped,
}
