using System.Globalization;
using Serverless.Jobs.Arguments;
using Serverless.Training.Images.Rasters;
using Serverless.Training.Tables;

namespace Serverless.Training.Images.Sets;

/// <summary>Which image files are read, and what becomes of them.</summary>
internal sealed record ImageSetOptions
{
    private const int GreatestSide = 2048;

    /// <summary>The table's column with paths; null: the folder that a file is in names its class.</summary>
    public required string? PathColumn { get; init; }

    /// <summary>The table's column of classes; null: folders name them.</summary>
    public required string? Target { get; init; }

    /// <summary>The size that images are brought to, height and width; null: the one that all have, if it is small, else the usual one.</summary>
    public required (int Height, int Width)? Size { get; init; }

    /// <summary>1 for grey, 3 for colour; null: grey if all images are.</summary>
    public required int? Channels { get; init; }

    /// <summary>Whether files that cannot be read are left out.</summary>
    public required bool SkipBroken { get; init; }

    /// <summary>How the table is written.</summary>
    public required TableFormat Format { get; init; }

    /// <summary>The share of the images to put aside for the measurement.</summary>
    public required double Holdout { get; init; }

    /// <summary>The seed of what is drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>What a file may be at most.</summary>
    public ImageLimits Limits { get; init; } = new();

    /// <summary>What else tells one run's checkpoints from another's.</summary>
    public string Salt { get; init; } = "";

    /// <summary>What tells one run's checkpoints from another's.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{PathColumn} {Target} {Size} {Channels} {SkipBroken} {Holdout:R} {Seed} {Salt}");

    /// <summary>Whether the arguments ask for files and not for pixels in columns: a target column alone means columns.</summary>
    public static bool AreMeant(JobArguments given) => given.Text("path", "").Length > 0 || given.Text("target", "").Length == 0;

    /// <summary>Reads the arguments; errors are collected.</summary>
    public static ImageSetOptions Parse(JobArguments given)
    {
        var path = given.Text("path", "").Trim() is { Length: > 0 } column ? column : null;
        return new()
        {
            PathColumn = path,
            Target = path is null ? null : given.RequiredText("target").Trim(),
            Size = SizeOf(given),
            Channels = given.Integer("channels", 0, 1, 3) switch
            {
                0 => null,
                2 => Refuse(given, "--channels 2 is neither grey nor colour. Give 1 or 3."),
                var channels => (int)channels,
            },
            SkipBroken = given.Flag("skip-broken"),
            Format = TableFormat.Parse(given),
            Holdout = given.Number("holdout", 0.2, 0, 0.9),
            Seed = (int)given.Integer("seed", 0, 0, int.MaxValue),
        };
    }

    private static (int, int)? SizeOf(JobArguments given)
    {
        var text = given.Text("image-size", "");
        if (text.Length == 0)
            return null;
        var sides = text.Split('x', 2);
        if (IsSide(sides[0], out var height) && IsSide(sides[^1], out var width))
            return (height, width);
        given.Refuse($"--image-size '{text}' is not a side from 1 to {GreatestSide}, such as 64, or height and width, such as 48x64.");
        return null;
    }

    private static bool IsSide(string text, out int side) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is > 0 and <= GreatestSide;

    private static int? Refuse(JobArguments given, string error)
    {
        given.Refuse(error);
        return null;
    }
}
