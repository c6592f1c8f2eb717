namespace Serverless.Training.Augmentation;

/// <summary>How far images are changed in training. The defaults suit small pictures of things that have a right way up.</summary>
internal sealed record AugmentationOptions
{
    /// <summary>No change.</summary>
    public static AugmentationOptions None { get; } = new() { Shift = 0, Degrees = 0, Zoom = 0, Contrast = 0 };

    /// <summary>The greatest shift along each axis, as a share of the side, 0 to 0.5.</summary>
    public double Shift { get; init; } = 0.1;

    /// <summary>The greatest turn to either side in degrees, 0 to 180.</summary>
    public double Degrees { get; init; } = 10;

    /// <summary>The greatest growth or shrinkage, as a share, 0 to 0.5.</summary>
    public double Zoom { get; init; } = 0.1;

    /// <summary>The greatest change of contrast, as a share, 0 to 0.9.</summary>
    public double Contrast { get; init; } = 0.1;

    /// <summary>Whether half of the images are mirrored left to right. Not for digits and letters.</summary>
    public bool Mirror { get; init; }

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IEnumerable<string> Errors()
    {
        foreach (var (name, value, limit) in new[] { ("shift", Shift, 0.5), ("degrees", Degrees, 180), ("zoom", Zoom, 0.5), ("contrast", Contrast, 0.9) })
            if (!(value >= 0 && value <= limit))
                yield return FormattableString.Invariant($"--{name} '{value}' is not a number from 0 to {limit}.");
    }
}
