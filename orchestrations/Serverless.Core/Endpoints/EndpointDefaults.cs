namespace Serverless.Core.Endpoints;

/// <summary>What a new endpoint gets when nothing else is asked for.</summary>
public sealed record EndpointDefaults
{
    /// <summary>After how many seconds without a call its session is unloaded. Default: 300.</summary>
    public int IdleSeconds { get; init; } = 300;
}
