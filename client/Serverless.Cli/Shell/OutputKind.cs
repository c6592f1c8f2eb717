namespace Serverless.Cli.Shell;

/// <summary>How data is written to stdout.</summary>
internal enum OutputKind
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs: one JSON document, or JSON lines for what comes bit by bit.</summary>
    Json,
}
