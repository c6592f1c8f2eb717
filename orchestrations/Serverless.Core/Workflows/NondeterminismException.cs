using Serverless.Core.Failures;

namespace Serverless.Core.Workflows;

/// <summary>A workflow's code did something else than its history says.</summary>
/// <param name="message">What the history has, what the code did, at which position.</param>
public sealed class NondeterminismException(string message)
    : ServerlessException("nondeterminism", message, "Keep the order of a workflow's calls, or put the change behind IWorkflowContext.GetVersion. This instance has ended; start it anew under another id.");
