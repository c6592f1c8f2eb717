using Serverless.Contracts.Content;

namespace Serverless.Contracts.Agents;

/// <summary>A file to fetch.</summary>
/// <param name="File">Path below its folder, hash and size.</param>
/// <param name="Address">Where to fetch it.</param>
public sealed record TicketFile(ContentFile File, FileAddress Address);
