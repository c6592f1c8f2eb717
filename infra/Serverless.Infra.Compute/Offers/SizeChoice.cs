namespace Serverless.Infra.Compute.Offers;

/// <summary>The size that was chosen.</summary>
/// <param name="Size">It.</param>
/// <param name="PricePerHour">What it costs in the way that was asked for.</param>
/// <param name="Why">The sentence that says so to a person.</param>
public sealed record SizeChoice(AzureSize Size, decimal PricePerHour, string Why);
