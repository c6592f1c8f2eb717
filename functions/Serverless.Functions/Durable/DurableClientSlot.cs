using Microsoft.DurableTask.Client;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Functions.Durable;

/// <summary>
/// The client of the task hub. The host hands it to functions only, as a binding; each function that may start or message a workflow puts it here first, for whoever needs it behind.
/// All that it hands out lead to the same hub.
/// </summary>
public sealed class DurableClientSlot
{
    private volatile DurableTaskClient? client;

    /// <summary>Puts the client that a function was given.</summary>
    public void Put(DurableTaskClient given) => client = given;

    /// <summary>The client.</summary>
    /// <exception cref="ServerlessException"><c>unavailable</c>: no function has run yet.</exception>
    public DurableTaskClient Get() => client
        ?? throw new ServerlessException(ProblemCodes.Unavailable, "The workflow engine has not been handed over yet: no function has run since the process began.", "Try again.", retryable: true);
}
