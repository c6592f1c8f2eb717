namespace Serverless.Client.Jobs;

/// <summary>One line of a job's output.</summary>
/// <param name="Text">Its text without the line break; bytes that are no UTF-8 are replaced by U+FFFD. It may hold control characters: escape it before a terminal sees it.</param>
/// <param name="Next">The byte offset after it, to go on from.</param>
public readonly record struct LogLine(string Text, long Next);
