namespace Serverless.Api.Hosts;

/// <summary>A part without which the host cannot do its work.</summary>
/// <param name="Name">Its name, such as <c>documents</c>.</param>
/// <param name="RunAsync">Touches it; throws when it does not answer.</param>
public sealed record ReadinessCheck(string Name, Func<CancellationToken, Task> RunAsync);
