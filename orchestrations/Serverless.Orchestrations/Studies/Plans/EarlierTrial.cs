namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>A trial or job that ended well.</summary>
/// <param name="Seconds">How long it held its machine, as if it had had the same data.</param>
/// <param name="AtOnce">How many jobs ran in its pool meanwhile, itself among them, on average.</param>
internal readonly record struct EarlierTrial(double Seconds, double AtOnce);
