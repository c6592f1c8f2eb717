namespace Serverless.Api.EndpointHosts;

/// <summary>How many sessions are loaded.</summary>
internal sealed record SessionCount(int Sessions);
