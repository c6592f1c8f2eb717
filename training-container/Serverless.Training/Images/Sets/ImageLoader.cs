using System.Collections.Concurrent;
using System.Globalization;
using Serverless.Training.Images.Decoding;
using Serverless.Training.Images.Rasters;
using Serverless.Training.Images.Resizing;
using Serverless.Training.Tables;

namespace Serverless.Training.Images.Sets;

/// <summary>Reads image files and brings them to one size. They are in memory then, a byte a pixel and channel.</summary>
/// <param name="options">What to do with them.</param>
/// <param name="threads">Files that are read at once.</param>
/// <param name="output">Takes what a person should know.</param>
internal sealed class ImageLoader(ImageSetOptions options, int threads, TextWriter output)
{
    private const int UsualSide = 64;
    private const int GreatestOwnSide = 128;
    private const int MostNamed = 5;

    /// <summary>The share of the memory that images may take.</summary>
    private const double Share = 0.7;

    /// <summary>The size that images are brought to.</summary>
    /// <param name="files">The images.</param>
    /// <param name="cancel">Breaks off.</param>
    public (int Height, int Width) SizeOf(IReadOnlyList<ImageFile> files, CancellationToken cancel)
    {
        if (options.Size is { } given)
            return given;
        (int Width, int Height)? common = null;
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            if (TryRead(file, bytes => ImageDecoder.Peek(bytes, options.Limits), out var size) is null && (common ??= size) != size)
                return Usual($"images have different sizes, such as {common.Value.Width} × {common.Value.Height} and {size.Width} × {size.Height}");
        }

        return common is not var (width, height) ? (UsualSide, UsualSide)
            : Math.Max(width, height) > GreatestOwnSide ? Usual($"images have {width} × {height} pixels")
            : (height, width);
    }

    /// <summary>Reads the files.</summary>
    /// <param name="files">The images.</param>
    /// <param name="size">The size that they are brought to.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>Those that could be read, with their planes: one of grey, or three of red, green and blue.</returns>
    /// <exception cref="DataException">A file cannot be read, or memory does not hold them all.</exception>
    public IReadOnlyList<(ImageFile File, byte[] Planes)> Load(IReadOnlyList<ImageFile> files, (int Height, int Width) size, CancellationToken cancel)
    {
        CheckMemory(files.Count, size);
        var planes = new byte[]?[files.Count];
        var broken = new ConcurrentDictionary<int, string>();
        Parallel.For(0, files.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            if (TryRead(files[i], bytes => Planes(ImageDecoder.Decode(bytes, options.Limits), size), out planes[i]) is { } why)
                broken[i] = why;
        });
        if (broken.IsEmpty)
            return [.. files.Zip(planes, (file, own) => (file, own!))];
        var words = $"{string.Join("; ", broken.OrderBy(each => each.Key).Take(MostNamed).Select(each => each.Value))}{(broken.Count > MostNamed ? "; …" : "")}";
        if (!options.SkipBroken)
            throw new DataException($"{broken.Count} of {files.Count} images cannot be read: {words} Mend or remove them, or leave them out with --skip-broken.");
        output.WriteLine($"{broken.Count} of {files.Count} images are left out: {words}");
        return [.. files.Zip(planes).Where(each => each.Second is not null).Select(each => (each.First, each.Second!))];
    }

    private byte[] Planes(Raster image, (int Height, int Width) size)
    {
        var plain = image.OnWhite();
        return ImageResize.Planes(options.Channels == 1 ? plain.Grey() : plain, size.Width, size.Height);
    }

    /// <returns>Null, or why the file cannot be read.</returns>
    private string? TryRead<T>(ImageFile file, Func<byte[], T> read, out T? value)
    {
        value = default;
        try
        {
            var length = new FileInfo(file.Path).Length;
            if (length > options.Limits.MaxFileBytes)
                return string.Create(CultureInfo.InvariantCulture, $"'{file.Name}': it has {length:N0} bytes, and at most {options.Limits.MaxFileBytes:N0} are read. Make it smaller.");
            value = read(File.ReadAllBytes(file.Path));
            return null;
        }
        catch (ImageException refused)
        {
            return $"'{file.Name}': {refused.Message}";
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return $"'{file.Name}': {unread.Message}";
        }
    }

    private (int, int) Usual(string why)
    {
        output.WriteLine($"Images are brought to {UsualSide} × {UsualSide} pixels, because {why}. Give another size with --image-size.");
        return (UsualSide, UsualSide);
    }

    private void CheckMemory(int count, (int Height, int Width) size)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var needed = (double)count * size.Height * size.Width * (options.Channels ?? 3);
        if (needed > available * Share)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{count} images of {size.Width} × {size.Height} pixels need {needed / 1e9:0.0} GB; {available * Share / 1e9:0.0} GB can be used. Give a smaller --image-size, fewer images, or take a larger machine."));
    }
}
