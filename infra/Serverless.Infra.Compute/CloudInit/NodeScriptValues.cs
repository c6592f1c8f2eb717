namespace Serverless.Infra.Compute.CloudInit;

/// <summary>What the machines of all pools have in common. No secret is among it.</summary>
public sealed record NodeScriptValues
{
    /// <summary>The address of the control app.</summary>
    public required string Host { get; init; }

    /// <summary>Whom the tokens are for that agents come with.</summary>
    public required string Audience { get; init; }

    /// <summary>The client id of the nodes' identity.</summary>
    public required string Client { get; init; }

    /// <summary>The host name of the registry that the nodes' identity may pull from.</summary>
    public required string Registry { get; init; }

    /// <summary>The image of jobs that name none: the training container.</summary>
    public required string Image { get; init; }

    /// <summary>The agent: an image with the agent in <c>/agent</c>, or <c>https://…tar.gz#sha256=…</c>.</summary>
    public required string Agent { get; init; }

    /// <summary>Where agents send their spans by OTLP, as the app itself does; empty: nowhere. Headers, which may hold a key, are not passed on: the collector takes what comes from the nodes' network.</summary>
    public string Telemetry { get; init; } = "";

    /// <summary>The protocol spoken there: <c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string TelemetryProtocol { get; init; } = "grpc";
}
