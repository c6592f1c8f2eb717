namespace Serverless.Training.Images.Rasters;

/// <summary>A file is no image that can be read.</summary>
/// <param name="problem">What is wrong with it, as the end of a sentence about the file.</param>
/// <param name="offset">The byte at which that was seen; null: at no one byte.</param>
/// <param name="cure">What helps.</param>
internal sealed class ImageException(string problem, long? offset, string cure)
    : Exception(FormattableString.Invariant($"{problem}{(offset is { } at ? FormattableString.Invariant($" (byte {at})") : "")}. {cure}"))
{
    /// <summary>The cure of files that are not what they should be.</summary>
    public const string WriteAnew = "Copy or write the file anew.";
}
