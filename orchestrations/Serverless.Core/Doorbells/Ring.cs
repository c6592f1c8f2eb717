namespace Serverless.Core.Doorbells;

/// <summary>A ring that was taken.</summary>
/// <param name="Queue">Its queue.</param>
/// <param name="Id">What to look at.</param>
/// <param name="Receipt">Proves who took it. Opaque.</param>
/// <param name="Deliveries">How often it has been delivered, this time included.</param>
public sealed record Ring(string Queue, string Id, string Receipt, int Deliveries);
