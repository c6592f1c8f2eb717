using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>An end that says more than an exit code.</summary>
/// <param name="Reason">What it was.</param>
/// <param name="Message">What happened, with the limit and the cure.</param>
internal sealed record ContainerTrouble(JobReason Reason, string Message);
