namespace Serverless.Core.Compute;

/// <summary>Something that stands against another machine.</summary>
/// <param name="Code"><see cref="Contracts.Problems.ProblemCodes.NoQuota"/> or <see cref="Contracts.Problems.ProblemCodes.NoCapacity"/>.</param>
/// <param name="Passes">Whether it may pass by itself: then a job may well wait for it. Else no machine will ever come.</param>
/// <param name="Message">What is short: the value and the limit.</param>
/// <param name="Cure">How to raise the limit, or what to ask for instead.</param>
public sealed record ComputeShortage(string Code, bool Passes, string Message, string Cure);
