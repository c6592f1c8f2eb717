namespace Serverless.Training.Scaling;

/// <summary>
/// The factor by which a loss is multiplied before the gradients are taken in 16-bit floating point, so that small ones do not vanish (Micikevicius et al. 2018). It halves when a
/// gradient is not finite, and the step is left out; it doubles after a while without that.
/// </summary>
/// <param name="Factor">The factor, a power of two.</param>
/// <param name="GoodSteps">Steps since the last change.</param>
internal sealed record LossScale(double Factor, int GoodSteps)
{
    private const int StepsToGrow = 2000;
    private const double Greatest = 1 << 24;

    /// <summary>Where to begin.</summary>
    public static LossScale Start { get; } = new(1 << 16, 0);

    /// <summary>No scaling: for 32-bit floating point, and for bfloat16, which has its range.</summary>
    public static LossScale None { get; } = new(1, 0);

    /// <summary>Takes a step.</summary>
    /// <param name="finite">Whether all gradients were finite.</param>
    public LossScale After(bool finite) =>
        !finite ? new(Math.Max(1, Factor / 2), 0)
        : GoodSteps + 1 < StepsToGrow ? this with { GoodSteps = GoodSteps + 1 }
        : new(Math.Min(Greatest, Factor * 2), 0);
}
