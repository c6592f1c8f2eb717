using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;
using Serverless.OnnxRuntime;
using Serverless.Training.Sequences;

namespace Serverless.TrainingContainer.Tests.Training;

/// <summary>Words as numbers: in training, and by the operators of the model's graph in ONNX Runtime.</summary>
public sealed class SequenceTests
{
    private const int MaxLength = 6;
    private static readonly string[] Texts = ["The film was good, really good!", "the FILM was \"bad\"", "good (bad) größe ÄRGER ok", "rare"];
    private static readonly Vocabulary Words = Vocabulary.Fit(Texts, 6, 1);

    [Fact]
    public void Vocabulary_OfTexts_NumbersCoresByFrequency()
    {
        Assert.Equal(["good", "bad", "film", "the", "was", "größe"], Words.Words);
        Assert.Equal(10, Words.Size);
        Assert.Equal([2, 7, 6, 8, 4, 1], Words.Encode("The film was good, really good!", MaxLength));
        Assert.Equal([2], Words.Encode("  ", MaxLength));
        Assert.Equal([4, 5, 3], Words.EncodeTarget("good bad", MaxLength));
        Assert.Equal("good film", Words.Decode([2, 4, 1, 6, 3, 4]));
    }

    [Fact]
    public void Graph_OnTextsOfEveryKind_GivesTheNumbersOfTraining()
    {
        var model = Model();
        Assert.Empty(OnnxChecker.Check(model));
        using var session = OnnxSession.Load(NativeRuntime.Shared(), ModelWriter.ToBytes(model), new SessionSettings());
        string[] odd = ["", " ", "good,bad", "GOOD\nbad\r\nfilm\vthe\fwas", "größe GRÖßE ÄRGER", "(good", "good...", "\u00a0good", "good\u2003bad", "a b c d e f g h i j", "\u0130stanbul 😀 good"];
        Compare(session, [.. Texts, .. odd]);
        foreach (var text in odd)
            Compare(session, [text]);
    }

    [Fact]
    public void Graph_OnRandomTexts_GivesTheNumbersOfTraining()
    {
        using var session = OnnxSession.Load(NativeRuntime.Shared(), ModelWriter.ToBytes(Model()), new SessionSettings());
        var pieces = Gen.Elements("good", "BAD", "film,", "was", " ", "  ", "\t", "Ü", "!", "(", "\"", "größe", "x", "\n", "\u2028");
        var text = Gen.ArrayOf(pieces).Select(string.Concat);
        Prop.ForAll(Gen.NonEmptyListOf(text).Select(list => list.ToArray()).ToArbitrary(), texts => Compare(session, texts)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Padded_Texts_AreOneMatrix()
    {
        var batch = PaddedBatch.Of([[2, 5], [2], [2, 6, 7]]);
        Assert.Equal([2L, 5, 0, 2, 0, 0, 2, 6, 7], batch.Ids);
        Assert.Equal([2L, 1, 3], batch.Lengths);
        Assert.Equal((3, 3), (batch.Rows, batch.Width));
        Assert.Equal(0, PaddedBatch.Of([]).Width);
    }

    [Fact]
    public void Buckets_OfAnEpoch_HaveEveryRowOnceAndLittlePadding()
    {
        var random = new Random(5);
        var lengths = Enumerable.Range(0, 1_000).Select(_ => random.Next(1, 100)).ToArray();
        var order = Enumerable.Range(0, 1_000).ToArray();
        random.Shuffle(order);

        var batches = LengthBuckets.Batches(order, lengths, 16);

        Assert.Equal(Enumerable.Range(0, 1_000), batches.SelectMany(batch => batch).Order());
        Assert.All(batches, batch => Assert.InRange(batch.Length, 1, 16));
        long Padded(IEnumerable<int[]> all) => all.Sum(batch => (long)batch.Max(row => lengths[row]) * batch.Length);
        Assert.True(Padded(batches) < 1.1 * lengths.Sum(), "more than a tenth is padding");
        Assert.True(Padded(order.Chunk(16)) > 1.5 * lengths.Sum(), "without buckets there is little padding too: the test shows nothing");
        Assert.Equal(batches, LengthBuckets.Batches(order, lengths, 16));
        Assert.NotEqual(batches.Select(batch => lengths[batch[0]]).Order(), batches.Select(batch => lengths[batch[0]]));
    }

    private static OnnxModel Model()
    {
        var graph = new GraphBuilder("text", TextGraph.Opset, TextGraph.MachineLearningOpset);
        var texts = graph.Input("text", Serverless.Onnx.Graphs.ElementType.String, Dimension.Named("N"), 1);
        graph.Output(TextGraph.AddIds(graph, texts, Words, MaxLength));
        return graph.ToModel("test", "1");
    }

    private static void Compare(OnnxSession session, string[] texts)
    {
        var output = Assert.Single(session.Run([new NamedTensor("text", Serverless.OnnxRuntime.ElementType.Text, [texts.Length, 1], default) { Texts = texts }], TimeSpan.FromSeconds(30)));
        var expected = PaddedBatch.Of([.. texts.Select(text => Words.Encode(text, MaxLength))]);
        Assert.Equal([expected.Rows, expected.Width], output.Shape);
        Assert.Equal(expected.Ids, MemoryMarshal.Cast<byte, long>(output.Data.Span).ToArray());
    }
}
