namespace Serverless.Training.Images;

/// <summary>The stages of a convolutional network: each halves the sides and doubles the channels.</summary>
/// <param name="Channels">The channels of each stage.</param>
/// <param name="Height">Rows after the last stage.</param>
/// <param name="Width">Columns after the last stage.</param>
internal sealed record ConvolutionPlan(IReadOnlyList<int> Channels, int Height, int Width)
{
    /// <summary>Whether so few places are left that each may have weights of its own; else their mean is taken.</summary>
    public bool KeepsPlaces => Height * Width <= 16;

    /// <summary>Plans for a size: stages as long as the smaller side is at least four pixels.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="channels">The channels of the first stage.</param>
    /// <param name="most">The greatest number of stages.</param>
    public static ConvolutionPlan Of(ImageShape shape, int channels, int most = 4)
    {
        List<int> stages = [];
        var (height, width) = (shape.Height, shape.Width);
        do
        {
            stages.Add(channels << stages.Count);
            if (Math.Min(height, width) > 1)
                (height, width) = (height / 2, width / 2);
        }
        while (Math.Min(height, width) >= 4 && stages.Count < most);
        return new(stages, height, width);
    }
}
