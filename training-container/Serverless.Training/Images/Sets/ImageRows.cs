using Serverless.Training.Features;

namespace Serverless.Training.Images.Sets;

/// <summary>Images with their classes.</summary>
/// <param name="Labels">The class of each.</param>
/// <param name="Read">Reads one, scaled: its number, and where to, plane by plane.</param>
internal sealed record ImageRows(IReadOnlyList<int> Labels, Action<int, Memory<float>> Read)
{
    /// <summary>How many there are.</summary>
    public int Count => Labels.Count;

    /// <summary>Images whose pixels are features.</summary>
    public static ImageRows Of(FeatureMatrix rows) => new(rows.Labels, (row, target) =>
    {
        var given = rows.DenseOf(row);
        var pixels = target.Span;
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (float)given[i];
    });

    /// <summary>Images in memory.</summary>
    public static ImageRows Of(IReadOnlyList<byte[]> images, IReadOnlyList<int> labels, ImageScaling scaling) => new(labels, (row, target) => scaling.Apply(images[row], target.Span));
}
