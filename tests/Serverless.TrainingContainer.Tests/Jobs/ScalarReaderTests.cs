using FsCheck;
using FsCheck.Fluent;
using Serverless.Jobs.Events;
using static Serverless.TrainingContainer.Tests.Jobs.EventBytes;

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>Scalars out of event files of other programs' making.</summary>
public sealed class ScalarReaderTests
{
    /// <summary>types.proto: 1 float, 2 double, 3 int32, 6 int8, 9 int64, 10 bool, 14 bfloat16, 19 half, 23 uint64. Lists: 5 float_val, 6 double_val, 7 int_val, 10 int64_val, 11 bool_val, 13 half_val.</summary>
    public static TheoryData<string, byte[], double> Tensors { get; } = new()
    {
        { "float in tensor_content", [.. Number(1, 1), .. Bytes(4, BitConverter.GetBytes(0.95f))], 0.95 },
        { "float_val, packed", [.. Number(1, 1), .. Bytes(5, BitConverter.GetBytes(0.1f))], 0.1 },
        { "float_val, one by one", [.. Number(1, 1), .. Fixed32(5, -2.5f)], -2.5 },
        { "NaN", [.. Number(1, 1), .. Fixed32(5, float.NaN)], double.NaN },
        { "double in tensor_content", [.. Number(1, 2), .. Bytes(4, BitConverter.GetBytes(1 / 3.0))], 1 / 3.0 },
        { "double_val, packed", [.. Number(1, 2), .. Bytes(6, BitConverter.GetBytes(1e300))], 1e300 },
        { "double_val, one by one", [.. Number(1, 2), .. Fixed64(6, double.NegativeInfinity)], double.NegativeInfinity },
        { "int32", [.. Number(1, 3), .. Number(7, unchecked((ulong)-7L))], -7 },
        { "int8 in tensor_content", [.. Number(1, 6), .. Bytes(4, [0xff])], -1 },
        { "int64, packed", [.. Number(1, 9), .. Bytes(10, Varint(1UL << 40))], 1L << 40 },
        { "uint64 in tensor_content", [.. Number(1, 23), .. Bytes(4, BitConverter.GetBytes(1UL << 63))], 9223372036854775808 },
        { "bool", [.. Number(1, 10), .. Number(11, 1)], 1 },
        { "half in half_val", [.. Number(1, 19), .. Number(13, BitConverter.HalfToUInt16Bits((Half)0.1))], 0.1 },
        { "bfloat16 in tensor_content", [.. Number(1, 14), .. Bytes(4, [0x80, 0x3f])], 1 },
        { "a zero that is left out", [.. Number(1, 1), .. Bytes(2, [])], 0 },
        { "a shape of one", [.. Number(1, 1), .. Bytes(2, Bytes(2, Number(1, 1))), .. Fixed32(5, 3)], 3 },
    };

    [Theory]
    [MemberData(nameof(Tensors))]
    public void Tensor_OfOneNumber_IsThatNumber(string form, byte[] tensor, double expected)
    {
        var scalar = Assert.Single(Read([.. Version(), .. Tensor("epoch_loss", tensor, 4)]).Scalars);
        Assert.True(scalar == new ScalarEvent("epoch_loss", expected, 4, Wall) || (double.IsNaN(expected) && double.IsNaN(scalar.Value)), $"{form}: {scalar}");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("histograms")]
    [InlineData(null)]
    public void Tensor_OfAnotherPlugin_IsNoScalar(string? plugin) =>
        Assert.Empty(Read([.. Version(), .. Tensor("x", [.. Number(1, 1), .. Fixed32(5, 1)], 1, plugin)]).Scalars);

    [Fact]
    public void Tensor_OfSeveralNumbersOrStrings_IsNoScalar() => Assert.Empty(Read(
    [
        .. Tensor("two", [.. Number(1, 1), .. Bytes(2, Bytes(2, Number(1, 2))), .. Bytes(4, new byte[8])], 1),
        .. Tensor("text", [.. Number(1, 7), .. Text(8, "x")], 1),
        .. Tensor("short", [.. Number(1, 2), .. Bytes(4, new byte[4])], 1),
    ]).Scalars);

    [Fact]
    public void Metadata_OfATagsFirstValue_HoldsForTheOthers()
    {
        byte[] one = [.. Number(1, 1), .. Fixed32(5, 1)];
        Assert.Equal([1L, 2, 3], Read([.. Tensor("a", one, 1), .. Tensor("a", one, 2, plugin: null), .. Tensor("b", one, 2, plugin: null), .. Tensor("a", one, 3, plugin: "")]).Scalars.Select(scalar => scalar.Step));
    }

    [Theory]
    [InlineData(0.95f, 0.95)]
    [InlineData(1e-7f, 1e-7)]
    [InlineData(16777216f, 16777216)]
    [InlineData(-0.1f, -0.1)]
    [InlineData(float.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(3.4028235e38f, 3.4028234663852886e38)]
    public void Simple_OfAFloat_IsTheShortestDecimal(float value, double expected) => Assert.Equal(expected, Assert.Single(Read(Simple("a", value, 1)).Scalars).Value);

    /// <summary>The step may stand after the summary, and an event may hold several values.</summary>
    [Fact]
    public void Event_WithFieldsInAnyOrder_IsRead() =>
        Assert.Equal([new("a", 1, 9, Wall), new("b", 2, 9, Wall)], Read(Record(Bytes(5, [.. Bytes(1, [.. Fixed32(2, 1), .. Text(1, "a")]), .. Bytes(1, [.. Text(1, "b"), .. Fixed32(2, 2)])]), Number(2, 9), Fixed64(1, Wall))).Scalars);

    [Fact]
    public void OwnWriter_IsRead()
    {
        using var folder = new TestKit.TempFolder();
        string path;
        using (var writer = new EventWriter(folder.Path, TimeProvider.System))
        {
            path = writer.Path;
            writer.Scalar("loss/train", 0.3, -5);
            writer.Histogram("h", [1, 2], 1);
            writer.Text("t", "text", 1);
        }

        var scalar = Assert.Single(Read(File.ReadAllBytes(path)).Scalars);
        Assert.Equal(("loss/train", 0.3, -5), (scalar.Tag, scalar.Value, scalar.Step));
    }

    [Fact]
    public void Bytes_ThatAreDamagedAnywhere_NeverGiveAWrongScalar()
    {
        byte[] good = [.. Version(), .. Simple("a", 1, 1), .. Simple("a", 2, 2), .. Simple("a", 3, 3)];
        for (var at = 0; at < good.Length; at++)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x40;
            var (scalars, progress) = Read(bad);
            Assert.NotNull(progress.Damage);
            Assert.Equal(Enumerable.Range(1, scalars.Count).Select(i => (double)i), scalars.Select(scalar => scalar.Value));
            Assert.True(progress.Used <= at);
        }
    }

    [Fact]
    public void Bytes_InAnyPieces_GiveTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 40).ArrayOf().ToArbitrary(),
        sizes =>
        {
            byte[] file = [.. Version(), .. Simple("a", 1, 1), .. Tensor("b", [.. Number(1, 2), .. Fixed64(6, 0.5)], 2), .. Simple("a", 2, 3), .. SessionStart(2), .. Simple("a", 3, 2)];
            var (reader, scalars, begin, end) = (new ScalarReader(), new List<ScalarEvent>(), 0, 0);
            foreach (var size in sizes.Append(file.Length))
            {
                end = Math.Min(file.Length, end + size);
                var progress = reader.Read(file.AsSpan(begin..end), scalars.Add);
                Assert.Null(progress.Damage);
                begin += progress.Used;
            }

            Assert.Equal(file.Length, begin);
            Assert.Equal([1, 0.5, 2, 3], scalars.Select(scalar => scalar.Value));
        }));

    [Fact]
    public void Tags_BeyondTheLimit_ArePassedOver()
    {
        byte[] file = [.. Enumerable.Range(0, ScalarReader.MaxTags + 5).SelectMany(i => Simple($"tag-{i}", 1, 1)), .. Simple("tag-0", 2, 2)];
        var reader = new ScalarReader();
        var count = 0;
        reader.Read(file, _ => count++);
        Assert.True(reader.TooManyTags);
        Assert.Equal(ScalarReader.MaxTags + 1, count);
    }

    private static (List<ScalarEvent> Scalars, EventProgress Progress) Read(byte[] bytes)
    {
        var scalars = new List<ScalarEvent>();
        var progress = new ScalarReader().Read(bytes, scalars.Add);
        return (scalars, progress);
    }
}
