namespace Serverless.Tuning.Samplers.QuasiRandom;

/// <summary>Which sequence <see cref="QuasiRandomSampler"/> follows.</summary>
public enum QuasiRandomKind
{
    /// <summary>Sobol's; the better one with few dimensions and numbers of trials that are powers of 2.</summary>
    Sobol,

    /// <summary>Halton's.</summary>
    Halton,
}
