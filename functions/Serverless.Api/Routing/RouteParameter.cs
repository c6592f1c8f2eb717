namespace Serverless.Api.Routing;

/// <summary>A query parameter or header of a route, for its description.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its JSON type: <c>string</c>, <c>integer</c>, <c>number</c>.</param>
/// <param name="Description">What it does, its bounds, its default.</param>
/// <param name="In"><c>query</c> or <c>header</c>.</param>
/// <param name="Required">Whether a call without it is refused.</param>
public sealed record RouteParameter(string Name, string Type, string Description, string In = "query", bool Required = false);
