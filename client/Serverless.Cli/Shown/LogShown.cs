namespace Serverless.Cli.Shown;

/// <summary>One line of what <c>job logs --output json</c> writes.</summary>
/// <param name="Line">The line.</param>
/// <param name="Next">The byte offset after it.</param>
internal sealed record LogShown(string Line, long Next);
