namespace Serverless.Cli.Shown;

/// <summary>What <c>study init</c> wrote.</summary>
/// <param name="File">The study's file.</param>
/// <param name="Schema">The schema beside it, by which editors check it.</param>
internal sealed record StudyWritten(string File, string Schema);
