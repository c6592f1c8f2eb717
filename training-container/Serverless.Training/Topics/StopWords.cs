namespace Serverless.Training.Topics;

/// <summary>English words that are in every kind of text.</summary>
internal static class StopWords
{
    private const string All = """
        a about above after again against all also am an and any are aren't as at be because been before being below between both but by can can't cannot could couldn't did didn't do does doesn't
        doing don't down during each even ever few for from further get got had hadn't has hasn't have haven't having he he's her here hers herself him himself his how however i i'd i'll i'm i've if
        in into is isn't it it's its itself just let's like make many may me might more most much must my myself no nor not now of off on once one only or other our ours ourselves out over own
        same shall she she's should shouldn't since so some still such than that that's the their theirs them themselves then there there's these they they're this those though through to too
        under until up upon us very was wasn't we we're were weren't what when where which while who whom whose why will with within without won't would wouldn't yes yet you you're your yours yourself yourselves
        """;

    /// <summary>The words, in lower case.</summary>
    public static IReadOnlySet<string> English { get; } = All.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
