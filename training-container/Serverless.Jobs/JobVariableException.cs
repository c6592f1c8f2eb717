namespace Serverless.Jobs;

/// <summary>A variable of the job contract is not set. The message names it and says what to do.</summary>
public sealed class JobVariableException(string message) : Exception(message);
