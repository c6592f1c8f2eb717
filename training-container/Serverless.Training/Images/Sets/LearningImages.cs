using Serverless.Training.Labels;
using Serverless.Training.Rows;

namespace Serverless.Training.Images.Sets;

/// <summary>Images to learn from and images that it is measured on, scaled, wherever they come from.</summary>
/// <param name="Shape">Their size.</param>
/// <param name="Labels">The classes.</param>
/// <param name="Black">What a black pixel has become, channel by channel.</param>
/// <param name="Learn">The images to learn from.</param>
/// <param name="Held">The images put aside; none when nothing was.</param>
/// <param name="Fingerprint">Tells these images and these options from others, for checkpoints.</param>
internal sealed record LearningImages(ImageShape Shape, LabelSet Labels, IReadOnlyList<float> Black, ImageRows Learn, ImageRows Held, string Fingerprint)
{
    /// <summary>Images whose pixels are the columns of a table.</summary>
    /// <param name="data">The rows, whose numbers have one mean and one spread.</param>
    /// <param name="shape">The images.</param>
    public static LearningImages OfColumns(LearningRows data, ImageShape shape) => new(
        shape, data.Labels, [.. Enumerable.Repeat((float)data.Plan.Numbers[0].Apply(0), shape.Channels)], ImageRows.Of(data.Learn), ImageRows.Of(data.Held), data.Fingerprint);
}
