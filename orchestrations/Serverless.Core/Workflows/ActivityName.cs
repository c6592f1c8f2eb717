namespace Serverless.Core.Workflows;

/// <summary>Names an activity and says what goes in and out. The name is stored in histories: it never changes.</summary>
public readonly record struct ActivityName<TIn, TOut>(string Name);
