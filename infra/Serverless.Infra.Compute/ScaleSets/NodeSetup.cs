namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>What a machine's cloud-init has to know. No secret is in it: the agent proves itself with the machine's identity.</summary>
/// <param name="Pool">The pool whose jobs its agent claims.</param>
/// <param name="HasGpu">Whether it has NVIDIA's GPUs.</param>
/// <param name="Spot">Whether it may be taken away.</param>
public sealed record NodeSetup(string Pool, bool HasGpu, bool Spot);
