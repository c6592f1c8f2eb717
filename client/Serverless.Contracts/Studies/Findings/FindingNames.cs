namespace Serverless.Contracts.Studies.Findings;

/// <summary>Names of query parameters of a study's findings, and their bounds.</summary>
public static class FindingNames
{
    /// <summary>Query of importance and of curves: an objective, by its metric; default the first.</summary>
    public const string Objective = "objective";

    /// <summary>Query of importance: an <see cref="ImportanceMethod"/>; default <c>fanova</c>.</summary>
    public const string Method = "method";

    /// <summary>Query of importance: <c>true</c> to look at pairs too; only with <c>fanova</c>.</summary>
    public const string Pairs = "pairs";

    /// <summary>Query of curves: the most points of each, 4 to <see cref="MaxPoints"/>; default <see cref="DefaultPoints"/>.</summary>
    public const string Points = "points";

    /// <summary>Query of parallel coordinates: the most lines, 1 to <see cref="MaxLines"/>; default <see cref="DefaultLines"/>.</summary>
    public const string Lines = "lines";

    /// <summary>Trials of a page of history when nothing else is asked for: a page is made from all trials before it, so few large pages cost less than many small ones.</summary>
    public const int DefaultTrials = 1_000;

    /// <summary>Most trials of a page of history.</summary>
    public const int MaxTrials = 10_000;

    /// <summary>Points of a curve when nothing else is asked for: as many as a drawing a few hundred dots wide can show.</summary>
    public const int DefaultPoints = 100;

    /// <summary>Fewest points of a curve that is cut: its ends, and a least and a greatest between.</summary>
    public const int MinPoints = 4;

    /// <summary>Most points of a curve.</summary>
    public const int MaxPoints = 1_000;

    /// <summary>Lines when nothing else is asked for: more are a blot.</summary>
    public const int DefaultLines = 1_000;

    /// <summary>Most lines.</summary>
    public const int MaxLines = 10_000;
}
