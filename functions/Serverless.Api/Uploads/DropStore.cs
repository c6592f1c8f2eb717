using Serverless.Core.Artifacts;

namespace Serverless.Api.Uploads;

/// <summary>Where people drop files: a store of its own beside that of artifacts.</summary>
/// <param name="Container">Its name in events.</param>
/// <param name="Store">The store.</param>
public sealed record DropStore(string Container, IArtifactStore Store);
