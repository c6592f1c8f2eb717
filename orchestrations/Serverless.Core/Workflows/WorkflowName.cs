namespace Serverless.Core.Workflows;

/// <summary>Names a workflow and says what goes in and out. The name is stored in histories: it never changes.</summary>
public readonly record struct WorkflowName<TIn, TOut>(string Name);
