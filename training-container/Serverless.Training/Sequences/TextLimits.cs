using Serverless.Jobs.Arguments;

namespace Serverless.Training.Sequences;

/// <summary>What is taken of texts.</summary>
/// <param name="MaxWords">The greatest number of words that are told apart.</param>
/// <param name="MinCount">A word that comes less often counts as unknown.</param>
/// <param name="MaxLength">So many words of a text are read; what follows is not.</param>
internal sealed record TextLimits(int MaxWords, int MinCount, int MaxLength)
{
    /// <summary>Reads <c>--max-words</c>, <c>--min-count</c>, <c>--max-length</c>. Errors are collected.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="maxLength">What counts when nothing is given.</param>
    public static TextLimits Parse(JobArguments given, int maxLength) => new(
        (int)given.Integer("max-words", 20_000, 1, 1_000_000),
        (int)given.Integer("min-count", 2, 1, 1_000_000),
        (int)given.Integer("max-length", maxLength, 2, 100_000));
}
