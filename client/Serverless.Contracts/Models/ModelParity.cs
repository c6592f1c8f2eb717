namespace Serverless.Contracts.Models;

/// <summary>
/// How an exported model compared with what it was exported from, as its exporter wrote into the file (metadata <c>serverless.parity.*</c>). A model that is further off than it may be is
/// not registered.
/// </summary>
/// <param name="Deviation">The largest absolute difference of an output.</param>
/// <param name="Tolerance">What was allowed, in words, such as <c>1E-04 + 1E-04 · |value|</c>.</param>
/// <param name="Excess">How often the allowed difference fits into the worst one: at most 1.</param>
/// <param name="Runs">The sizes at which both ran, such as <c>batch 1</c>.</param>
public sealed record ModelParity(double Deviation, string Tolerance, double Excess, IReadOnlyList<string> Runs);
