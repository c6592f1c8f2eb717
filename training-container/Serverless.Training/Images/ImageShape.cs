using System.Globalization;
using Serverless.Jobs.Arguments;
using Serverless.Training.Tables;

namespace Serverless.Training.Images;

/// <summary>The size of images: plane by plane, row by row.</summary>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels of a row.</param>
internal sealed record ImageShape(int Channels, int Height, int Width)
{
    private const int GreatestSide = 4096;

    /// <summary>The number of pixels, those of all channels.</summary>
    public int Pixels => Channels * Height * Width;

    /// <summary>Reads <c>--channels</c>, <c>--height</c>, <c>--width</c>; a side that is not given is 0. Errors are collected.</summary>
    public static ImageShape Parse(JobArguments given) => new(
        (int)given.Integer("channels", 1, 1, 16),
        (int)given.Integer("height", 0, 1, GreatestSide),
        (int)given.Integer("width", 0, 1, GreatestSide));

    /// <summary>Finds the sides that are not given: with neither, images are square.</summary>
    /// <param name="columns">The columns of pixels.</param>
    /// <exception cref="DataException">The columns make no such image.</exception>
    public ImageShape Fit(int columns)
    {
        var plane = columns / Channels;
        var (height, width) = (Height, Width) switch
        {
            (0, 0) => ((int)Math.Round(Math.Sqrt(plane)), (int)Math.Round(Math.Sqrt(plane))),
            (0, var given) => (plane / given, given),
            (var given, 0) => (given, plane / given),
            var both => both,
        };
        var found = this with { Height = height, Width = width };
        if (height == 0 || width == 0 || found.Pixels != columns)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{columns} columns of pixels make no image of {Channels} channels{(Height + Width == 0 ? " and equal sides" : $", {(Height == 0 ? "?" : Height)} × {(Width == 0 ? "?" : Width)}")}. Give --height, --width and --channels whose product is {columns}, and leave other columns out with --ignore."));
        return found;
    }
}
