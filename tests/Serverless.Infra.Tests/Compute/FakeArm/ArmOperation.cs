namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>An operation of the specification.</summary>
/// <param name="Id">Its operation id there.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">Its path, as a regular expression.</param>
/// <param name="Version">The version that it must be asked with.</param>
/// <param name="Good">The statuses of good answers.</param>
internal sealed record ArmOperation(string Id, string Method, string Path, string Version, IReadOnlyList<int> Good);
