namespace Serverless.Core.Artifacts;

/// <summary>What an address allows.</summary>
public enum ArtifactVerb
{
    /// <summary>GET.</summary>
    Read,

    /// <summary>PUT.</summary>
    Write,
}
