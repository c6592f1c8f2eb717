namespace Serverless.Core.Workflows;

/// <summary>An activity of the catalogue: JSON in, JSON out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RunAsync">Runs it.</param>
public sealed record ActivityEntry(string Name, Func<IServiceProvider, ActivityCall, string, CancellationToken, Task<string>> RunAsync);
