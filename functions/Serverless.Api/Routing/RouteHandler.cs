namespace Serverless.Api.Routing;

/// <summary>Answers a call that was matched and let in.</summary>
/// <param name="call">The call.</param>
/// <param name="cancel">The caller has gone, or the route's time is over.</param>
public delegate Task RouteHandler(ApiCall call, CancellationToken cancel);
