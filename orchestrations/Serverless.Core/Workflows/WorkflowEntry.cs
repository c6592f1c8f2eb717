namespace Serverless.Core.Workflows;

/// <summary>A workflow of the catalogue: JSON in, JSON out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RunAsync">Runs it.</param>
public sealed record WorkflowEntry(string Name, Func<IWorkflowContext, string, Task<string>> RunAsync);
