using Serverless.Core.Compute;

namespace Serverless.Infra.Local;

/// <summary>What the local infrastructure needs to know.</summary>
public sealed record LocalInfrastructureOptions
{
    /// <summary>The folder of everything: <c>artifacts/</c>, <c>serverless.db</c>, <c>run/</c>, <c>keys/</c>, <c>secrets/</c>, <c>agent/</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The agent: a program and its first arguments, such as <c>dotnet</c> and the path of <c>Serverless.Agent.dll</c>.</summary>
    public required IReadOnlyList<string> AgentCommand { get; init; }

    /// <summary>The built <c>Serverless.Algorithms</c>; null: nodes run own programs only.</summary>
    public string? AlgorithmsPath { get; init; }

    /// <summary>The pool of this machine.</summary>
    public PoolOptions Pool { get; init; } = new();

    /// <summary>What an hour of one node is reckoned at.</summary>
    public decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public string Currency { get; init; } = "USD";
}
