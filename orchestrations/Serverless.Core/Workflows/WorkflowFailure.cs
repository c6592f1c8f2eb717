namespace Serverless.Core.Workflows;

/// <summary>Why a workflow or a call failed, as it is stored.</summary>
/// <param name="Code">A stable name: a problem code, or an exception's type name.</param>
/// <param name="Message">What happened.</param>
/// <param name="Cure">What to do about it.</param>
/// <param name="Retryable">Whether a retry may help.</param>
public sealed record WorkflowFailure(string Code, string Message, string? Cure, bool Retryable);
