namespace Serverless.Training.Embeddings;

/// <summary>How many numbers stand for a category.</summary>
internal static class EmbeddingSize
{
    /// <summary>The greatest size: beyond it a table gains nothing for what it weighs.</summary>
    public const int Limit = 600;

    /// <summary>min(600, round(1.6 · n^0.56)), at least 1: the rule of thumb of fastai's tabular models (Howard and Gugger, 2020).</summary>
    /// <param name="categories">The slots of the category, those for rare and missing values included; at least 1.</param>
    public static int Of(int categories)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(categories, 1);
        return Math.Clamp((int)Math.Round(1.6 * Math.Pow(categories, 0.56)), 1, Limit);
    }
}
