namespace Serverless.Training.Images.Sets;

/// <summary>An image file and what it shows.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">The path from its input's folder, for messages.</param>
/// <param name="Label">Its class.</param>
internal sealed record ImageFile(string Path, string Name, string Label);
