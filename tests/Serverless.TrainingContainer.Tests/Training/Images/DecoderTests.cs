using Serverless.Training.Images.Decoding;
using Serverless.Training.Images.Rasters;

namespace Serverless.TrainingContainer.Tests.Training.Images;

public sealed class DecoderTests
{
    private static readonly ImageLimits Limits = new();

    public static TheoryData<string> Pngs => [.. ImageFixture.Names(".png")];

    public static TheoryData<string> Jpegs => [.. ImageFixture.Names(".jpg")];

    [Theory]
    [MemberData(nameof(Pngs))]
    public void Png_OfEachKind_IsExactly(string name)
    {
        var fixture = ImageFixture.Read(name);
        var image = ImageDecoder.Decode(fixture.Bytes, Limits);
        Assert.Equal((fixture.Expected.Width, fixture.Expected.Height, fixture.Expected.Channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(fixture.Expected.Samples, image.Samples);
    }

    [Theory]
    [MemberData(nameof(Jpegs))]
    public void Jpeg_OfEachKind_IsWhatLibjpegReads(string name)
    {
        var fixture = ImageFixture.Read(name);
        var image = ImageDecoder.Decode(fixture.Bytes, Limits);
        Assert.Equal((fixture.Expected.Width, fixture.Expected.Height, fixture.Expected.Channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(fixture.Expected.Samples, image.Samples);
    }

    [Theory]
    [MemberData(nameof(Pngs))]
    [MemberData(nameof(Jpegs))]
    public void Size_ReadAlone_IsTheImages(string name)
    {
        var fixture = ImageFixture.Read(name);
        Assert.Equal((fixture.Expected.Width, fixture.Expected.Height), ImageDecoder.Peek(fixture.Bytes, Limits));
    }

    [Theory]
    [InlineData("cmyk.refused.jpg", "four components (CMYK, for printing)", "Convert it to RGB.")]
    [InlineData("arithmetic.refused.jpg", "arithmetic coding", "baseline or progressive JPEG, or as PNG")]
    public void Jpeg_OfAKindThatIsNotRead_SaysWhichAndTheCure(string name, string problem, string cure)
    {
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(ImageFixture.Folder, name)), Limits));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(cure, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GIF89a..........", "a GIF")]
    [InlineData("BM..............", "a BMP")]
    [InlineData("RIFF....WEBPVP8 ", "a WebP")]
    [InlineData("....ftypheic....", "a HEIF or AVIF")]
    [InlineData("<svg></svg>", "neither PNG nor JPEG")]
    [InlineData("", "empty")]
    public void File_OfAnotherKind_IsNamed(string text, string kind) =>
        Assert.Contains($"it is {kind} (byte 0)", Assert.Throws<ImageException>(() => ImageDecoder.Decode(System.Text.Encoding.ASCII.GetBytes(text), Limits)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rgb8.png")]
    [InlineData("rgba16i.png")]
    [InlineData("420.jpg")]
    [InlineData("420p.jpg")]
    [InlineData("restart.jpg")]
    public void File_CutAnywhere_IsRefusedOrWhole(string name)
    {
        var fixture = ImageFixture.Read(name);
        for (var length = 0; length < fixture.Bytes.Length; length++)
        {
            Raster? image = null;
            try
            {
                image = ImageDecoder.Decode(fixture.Bytes.AsMemory(0, length), Limits);
            }
            catch (ImageException)
            {
                continue;
            }

            Assert.Equal(fixture.Expected.Samples, image.Samples); // nothing is cut off but the end marker
            Assert.True(length >= fixture.Bytes.Length - 2, $"{length} of {fixture.Bytes.Length} bytes count as whole");
        }
    }

    [Fact]
    public void Png_ThatClaimsMoreThanItHolds_IsRefusedBeforeMemoryIsTaken()
    {
        var bomb = ImageMutation.Resized(ImageFixture.Read("rgb8.png").Bytes, 6000, 6000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("6000 × 6000 pixels are said to be in", Assert.Throws<ImageException>(() => ImageDecoder.Decode(bomb, Limits)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Image_OfMorePixelsThanAreRead_IsRefusedWithTheLimit()
    {
        var large = ImageMutation.Resized(ImageFixture.Read("rgb8.png").Bytes, 100_000, 100_000);
        Assert.Contains("it has 100000 × 100000 pixels, and at most 50,000,000 are read", Assert.Throws<ImageException>(() => ImageDecoder.Decode(large, Limits)).Message, StringComparison.Ordinal);
    }

    /// <summary>Mutated files give an image or a refusal: no other exception, no hang, no memory beyond the limits.</summary>
    [Theory]
    [MemberData(nameof(Pngs))]
    [MemberData(nameof(Jpegs))]
    public void File_Mutated_IsAnImageOrRefused(string name)
    {
        var bytes = ImageFixture.Read(name).Bytes;
        var rounds = int.Parse(Environment.GetEnvironmentVariable("SERVERLESS_FUZZ_ROUNDS") ?? "60", System.Globalization.CultureInfo.InvariantCulture);
        var small = new ImageLimits { MaxPixels = 100_000, MaxScans = 20 };
        for (var seed = 0; seed < rounds; seed++)
        {
            var mutated = ImageMutation.Of(bytes, new Random(seed));
            try
            {
                var image = ImageDecoder.Decode(mutated, small);
                Assert.Equal((long)image.Width * image.Height * image.Channels, image.Samples.Length);
            }
            catch (ImageException)
            {
                // refused
            }
            catch (Exception other) when (other is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {seed}: {other}");
            }
        }
    }
}
