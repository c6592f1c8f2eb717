namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>A refusal for the next request of a method; with <c>At</c> of those whose path ends so.</summary>
internal sealed record ArmFault(string Method, int Status, string Code, string Message = "It is so.", string? RetryAfter = null, string? At = null);
