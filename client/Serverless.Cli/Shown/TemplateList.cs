namespace Serverless.Cli.Shown;

/// <summary>What <c>job init --list --output json</c> writes.</summary>
/// <param name="Items">The templates.</param>
internal sealed record TemplateList(IReadOnlyList<TemplateShown> Items);
