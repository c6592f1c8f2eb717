using System.Diagnostics;
using System.Text;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Onnx;

public sealed class HostileFileTests
{
    private static readonly byte[] Rich = ModelWriter.ToBytes(SampleModels.Rich());

    [Fact]
    public void Check_EveryPrefix_EndsWithoutException()
    {
        var clean = 0;
        for (var length = 0; length < Rich.Length; length++)
            clean += OnnxChecker.Check(Rich.AsMemory(0, length)).Count == 0 ? 1 : 0;

        // Only metadata, which a model may lack, comes after the operator sets.
        Assert.InRange(clean, 1, 3);
    }

    [Fact]
    public void Check_EveryFlippedBit_EndsWithoutException()
    {
        var bytes = Rich.ToArray();
        var found = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            found += OnnxChecker.Check(bytes).Count > 0 ? 1 : 0;
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(found > bytes.Length * 2, $"Of {bytes.Length * 8} flipped bits {found} were found; most others are in weights and texts.");
    }

    [Fact]
    public void Check_RandomBytes_EndsWithoutException()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            Assert.NotEmpty(OnnxChecker.Check(bytes));
        }
    }

    [Theory]
    [InlineData("gAWVHgAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg==", "pickle")]
    [InlineData("Y3Bvc2l4CnN5c3RlbQpwMAooVmlkCnAxCnRwMgpScDMKLg==", "pickle")]
    [InlineData("UEsDBBQAAAAIAAAA", "zip archive")]
    [InlineData("iUhERg0KGgo=", "HDF5")]
    [InlineData("eyJtb2RlbCI6IDF9", "text")]
    [InlineData("PGh0bWw+PC9odG1sPg==", "text")]
    [InlineData("H4sIAAAAAAAAAw==", "gzip")]
    public void Check_FileOfAnotherFormat_IsNamedAndNotOpened(string base64, string name)
    {
        var finding = Assert.Single(OnnxChecker.Check(Convert.FromBase64String(base64)));

        Assert.Equal(OnnxFindingCode.ForeignFormat, finding.Code);
        Assert.Contains(name, finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoBytes_IsEmpty() => Assert.Equal(OnnxFindingCode.Empty, Assert.Single(OnnxChecker.Check(Array.Empty<byte>())).Code);

    [Fact]
    public void Check_MillionNodes_IsRefusedBeforeTheyTakeMemory()
    {
        var node = new OnnxNode { Operator = "Add", Inputs = ["x", "three"], Outputs = ["y"] };
        var bytes = ModelWriter.ToBytes(SampleModels.SmallWith([.. Enumerable.Repeat(node, 1_000_000)]));
        var clock = Stopwatch.StartNew();

        var finding = Assert.Single(OnnxChecker.Check(bytes));

        Assert.Equal(OnnxFindingCode.TooLarge, finding.Code);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void Check_GraphsInGraphs_AreRefusedBeyondTheDepth()
    {
        var deep = SampleModels.Small() with { Graph = SampleModels.Nested(12) };
        var allowed = SampleModels.Small() with { Graph = SampleModels.Nested(4) };

        Assert.Equal(OnnxFindingCode.TooDeep, Assert.Single(OnnxChecker.Check(ModelWriter.ToBytes(deep))).Code);
        Assert.Empty(OnnxChecker.Check(ModelWriter.ToBytes(allowed)));
    }

    [Fact]
    public void Check_MessagesNestedThousandsDeep_DoNotExhaustTheStack()
    {
        // graph → node → attribute → graph → … by hand, as the writer would itself go that deep.
        byte[] inner = [];
        for (var i = 0; i < 2_000; i++)
            inner = Wrap(1, Wrap(5, [.. Wrap(6, inner)]));

        Assert.Equal(OnnxFindingCode.TooDeep, Assert.Single(OnnxChecker.Check(Wrap(7, inner))).Code);
    }

    [Fact]
    public async Task CheckAsync_StreamOverTheLimit_IsRefusedWithoutReadingOn()
    {
        await using var stream = new MemoryStream(new byte[4 << 20]);

        var finding = Assert.Single(await OnnxChecker.CheckAsync(stream, new() { Limits = new() { MaxBytes = 1000 } }, TestContext.Current.CancellationToken));

        Assert.Equal(OnnxFindingCode.TooLarge, finding.Code);
        Assert.True(stream.Position < stream.Length);
    }

    [Fact]
    public void Check_DataInSeveralPlaces_IsFound()
    {
        // A tensor with raw data and a list of numbers: readers differ in which one they take.
        byte[] tensor = [.. Varint(1, 1), .. Varint(2, 1), .. Wrap(4, new byte[4]), .. Wrap(8, "three"u8), .. Wrap(9, new byte[4])];
        byte[] model = [.. Varint(1, 8), .. Wrap(7, Wrap(5, tensor)), .. Wrap(8, Varint(2, 17))];

        Assert.Contains(OnnxChecker.Check(model), finding => finding.Code == OnnxFindingCode.BadTensor && finding.What.Contains("several ways", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("a/../../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("~/secret.bin")]
    [InlineData("..\\secret.bin")]
    [InlineData("C:\\secret.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("%2e%2e/secret.bin")]
    [InlineData("")]
    [InlineData("-rf")]
    [InlineData("link.bin")]
    [InlineData("linked/inside.bin")]
    [InlineData("gone.bin")]
    public void Check_DataOutsideTheFolder_IsRefused(string location)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["models/real"]);
        File.WriteAllBytes(folder["secret.bin"], new byte[12]);
        File.WriteAllBytes(folder["models/real/inside.bin"], new byte[12]);
        File.CreateSymbolicLink(folder["models/link.bin"], folder["secret.bin"]);
        Directory.CreateSymbolicLink(folder["models/linked"], folder["models/real"]);

        foreach (var model in WithExternal(new KeyValuePair<string, string>("location", location)))
            Assert.Contains(OnnxChecker.Check(model, new() { ExternalDataFolder = folder["models"] }), finding => finding.Code == OnnxFindingCode.ExternalData);
    }

    [Theory]
    [InlineData("0", "12", true)]
    [InlineData("4", "12", true)]
    [InlineData("5", "12", false)]
    [InlineData("-4", "12", false)]
    [InlineData("0", "9223372036854775807", false)]
    [InlineData("9223372036854775807", "12", false)]
    [InlineData("0", "8", false)]
    [InlineData("x", "12", false)]
    public void Check_DataInTheFolder_MustBeThereWhole(string offset, string length, bool good)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["w.bin"], new byte[16]);
        var model = WithExternal(new KeyValuePair<string, string>("location", "w.bin"), new("offset", offset), new("length", length)).First();

        var found = OnnxChecker.Check(model, new() { ExternalDataFolder = folder.Path }).Any(finding => finding.Code == OnnxFindingCode.ExternalData);

        Assert.Equal(!good, found);
    }

    [Fact]
    public void Check_DataOutsideWithoutAFolder_IsRefused()
    {
        foreach (var model in WithExternal(new KeyValuePair<string, string>("location", "w.bin")))
            Assert.Contains(OnnxChecker.Check(model), finding => finding.Code == OnnxFindingCode.ExternalData);
    }

    /// <summary>The same data as an initializer, a sparse initializer, a constant's tensor and a constant's sparse tensor.</summary>
    private static IEnumerable<OnnxModel> WithExternal(params KeyValuePair<string, string>[] external)
    {
        var tensor = SampleModels.Three with { Data = default, External = external };
        var sparse = new OnnxSparseTensor(tensor with { Name = "s" }, OnnxTensor.Of([0L, 1, 2], 3), [5]);
        var small = SampleModels.Small();
        yield return small with { Graph = small.Graph with { Initializers = [tensor] } };
        yield return small with { Graph = small.Graph with { SparseInitializers = [sparse] } };
        foreach (var attribute in new[] { OnnxAttribute.Of("value", tensor), new() { Name = "sparse_value", Kind = AttributeKind.SparseTensor, SparseTensors = [sparse] } })
            yield return small with { Graph = small.Graph with { Nodes = [.. small.Graph.Nodes, new() { Operator = "Constant", Outputs = ["c"], Attributes = [attribute] }] } };
    }

    private static byte[] Varint(int field, ulong value)
    {
        List<byte> bytes = [(byte)(field << 3)];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    private static byte[] Wrap(int field, ReadOnlySpan<byte> content) => [(byte)((field << 3) | 2), .. Varint(0, (ulong)content.Length)[1..], .. content];

    [Fact]
    public void Check_NamesThatAreNotUtf8_AreFound()
    {
        var bytes = Rich.ToArray();
        var at = bytes.AsSpan().IndexOf("colour"u8);
        bytes[at] = 0xff;

        Assert.Equal(OnnxFindingCode.Malformed, Assert.Single(OnnxChecker.Check(bytes)).Code);
        Assert.DoesNotContain(Encoding.UTF8.GetString(bytes, at, 6), "colour", StringComparison.Ordinal);
    }
}
