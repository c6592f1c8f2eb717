using Serverless.Contracts.Content;

namespace Serverless.Contracts.Datasets;

/// <summary>Makes a version of a data set from files whose content was uploaded before.</summary>
/// <param name="Files">The files; each content must have been uploaded.</param>
public sealed record DatasetManifest(IReadOnlyList<ContentFile> Files);
