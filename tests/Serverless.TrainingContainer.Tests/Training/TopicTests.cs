using Serverless.Training.Tables;
using Serverless.Training.Topics;

namespace Serverless.TrainingContainer.Tests.Training;

/// <summary>Words and coherence of topics; reference values from the paper's definitions written out in NumPy.</summary>
public sealed class TopicTests
{
    private static readonly int[][] Documents = [[0, 1, 2, 0, 3], [1, 2, 4], [0, 3, 3, 1, 4, 2, 0], [4]];
    private static readonly int[] Words = [0, 1, 3];

    [Fact]
    public void Windows_OfDocuments_CountEachWordOnceAWindow()
    {
        var windows = WordWindows.Of(Documents, 3, new HashSet<int> { 0, 1, 2, 3, 4 });
        Assert.Equal(10, windows.Count);
        Assert.Equal([5L, 6, 6, 4, 5], Enumerable.Range(0, 5).Select(word => windows.With(word)));
        Assert.Equal(windows.With(1, 0), windows.With(0, 1));
    }

    [Theory]
    [InlineData(3, -0.12173746298792833, 0.431867193101602)]
    [InlineData(110, 0.6100249995238747, 0.9370121484238702)]
    public void Coherence_OfATopic_IsTheDefinitions(int window, double npmi, double cv)
    {
        var windows = WordWindows.Of(Documents, window, Words.ToHashSet());
        Assert.Equal(npmi, TopicCoherence.MeanNpmi(windows, Words), 9);
        Assert.Equal(cv, TopicCoherence.Cv(windows, Words), 9);
    }

    [Fact]
    public void Npmi_OfAWordThatIsNowhereOrEverywhere_IsANumber()
    {
        var windows = WordWindows.Of([[0], [0, 1]], 5, new HashSet<int> { 0, 1, 2 });
        Assert.Equal(0, TopicCoherence.Npmi(windows, 0, 2));
        Assert.Equal(1, TopicCoherence.Npmi(windows, 0, 0));
    }

    [Fact]
    public void TopWords_ByWeight_ComeFirstAndEqualOnesInOrder()
    {
        Assert.Equal([2, 0, 3], TopWords.Of([0.5f, 0.1f, 0.9f, 0.5f], 3));
        Assert.Equal(0.75, TopWords.Diversity([[0, 1], [1, 2]]));
    }

    [Fact]
    public void Documents_AsWords_LeaveOutStopWordsRareAndCommonOnes()
    {
        string[] texts = ["The cat, the dog and 12 mice", "A cat (and a DOG)!", "the cat sings", "a mouse sings."];
        var documents = DocumentWords.Fit(texts, 10, 2, 0.6, StopWords.English);
        Assert.Equal(["dog", "sings"], documents.Words);
        Assert.Equal([[0], [0], [1], [1]], documents.Documents);
        Assert.Equal([1f, 0], documents.Counts(0));
    }

    [Fact]
    public void Documents_WithoutAWord_AreRefusedWithTheCure() =>
        Assert.Contains("--min-documents", Assert.Throws<DataException>(() => DocumentWords.Fit(["a", "b"], 10, 2, 0.5, StopWords.English)).Message, StringComparison.Ordinal);
}
