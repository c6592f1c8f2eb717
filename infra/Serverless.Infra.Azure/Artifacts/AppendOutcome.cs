namespace Serverless.Infra.Azure.Artifacts;

/// <summary>What an append came to.</summary>
internal enum AppendOutcome
{
    /// <summary>The bytes are there.</summary>
    Appended,

    /// <summary>The offset is not the blob's end, or there is no blob; nothing has changed.</summary>
    NotTheEnd,

    /// <summary>The blob takes no more appends; nothing has changed.</summary>
    TooMany,
}
