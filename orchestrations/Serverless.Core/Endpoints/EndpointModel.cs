namespace Serverless.Core.Endpoints;

/// <summary>A model version to serve.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">Its version.</param>
public sealed record EndpointModel(string Name, int Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Version}";
}
