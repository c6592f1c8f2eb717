namespace Serverless.Cli.Terminal;

/// <summary>How a line looks where there are colours; without them it says the same.</summary>
internal enum LineLook
{
    /// <summary>As all else.</summary>
    Plain,

    /// <summary>A headline.</summary>
    Strong,

    /// <summary>Of less weight.</summary>
    Faint,

    /// <summary>The best.</summary>
    Good,

    /// <summary>What went wrong.</summary>
    Bad,
}
