namespace Serverless.Contracts.Endpoints;

/// <summary>A share of an endpoint's calls.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Weight">Its share of the calls in percent; the shares of an endpoint add up to 100.</param>
public sealed record EndpointTraffic(string Model, int Version, int Weight);
