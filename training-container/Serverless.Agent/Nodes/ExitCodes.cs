namespace Serverless.Agent.Nodes;

/// <summary>How an agent's process ends. The numbers above 0 are those of sysexits.h.</summary>
internal static class ExitCodes
{
    /// <summary>It left: idle, or asked to.</summary>
    public const int Left = 0;

    /// <summary>It was started wrongly.</summary>
    public const int Usage = 64;

    /// <summary>The host could not be reached for too long, or does not understand us.</summary>
    public const int HostUnavailable = 69;

    /// <summary>Something that should not happen.</summary>
    public const int Internal = 70;

    /// <summary>The host does not accept the node's token.</summary>
    public const int Refused = 77;
}
