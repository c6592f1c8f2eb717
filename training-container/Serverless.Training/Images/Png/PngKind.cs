namespace Serverless.Training.Images.Png;

/// <summary>The colour types of PNG, by their numbers in a file.</summary>
internal enum PngKind
{
    /// <summary>Grey.</summary>
    Grey = 0,

    /// <summary>Red, green and blue.</summary>
    Colour = 2,

    /// <summary>An index into a palette.</summary>
    Palette = 3,

    /// <summary>Grey and opacity.</summary>
    GreyWithOpacity = 4,

    /// <summary>Red, green, blue and opacity.</summary>
    ColourWithOpacity = 6,
}
