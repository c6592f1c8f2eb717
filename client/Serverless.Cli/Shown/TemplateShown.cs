namespace Serverless.Cli.Shown;

/// <summary>A template of <c>job init</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
internal sealed record TemplateShown(string Name, string Description);
