namespace Serverless.Cli.Shown;

/// <summary>What <c>job init --output json</c> writes.</summary>
/// <param name="Template">The template.</param>
/// <param name="Project">The project's name.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Files">The files, by their paths in it.</param>
internal sealed record TemplateWritten(string Template, string Project, string Folder, IReadOnlyList<string> Files);
