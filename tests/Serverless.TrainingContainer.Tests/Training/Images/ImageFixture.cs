using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Training.Images;

/// <summary>An image file and, beside it, its pixels as Pillow 9.4 with libjpeg-turbo 2.1.5 reads them: width, height (16 bits each), channels, samples.</summary>
internal sealed record ImageFixture(string Name, byte[] Bytes, Raster Expected)
{
    private const int HeaderBytes = 5;

    public static string Folder => Path.Combine(Needs.RepositoryRoot(), "tests", "Serverless.TrainingContainer.Tests", "Training", "Images", "Fixtures");

    public static IEnumerable<string> Names(string extension) =>
        Directory.EnumerateFiles(Folder, $"*{extension}.raw").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static ImageFixture Read(string name)
    {
        var raw = File.ReadAllBytes(Path.Combine(Folder, name + ".raw"));
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(raw), BinaryPrimitives.ReadUInt16LittleEndian(raw.AsSpan(2)));
        return new(name, File.ReadAllBytes(Path.Combine(Folder, name)), new(width, height, raw[4], raw[HeaderBytes..]));
    }
}
