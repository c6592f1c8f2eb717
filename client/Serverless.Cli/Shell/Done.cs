namespace Serverless.Cli.Shell;

/// <summary>Something is done that leaves nothing to show.</summary>
/// <param name="Name">What it was done to.</param>
/// <param name="Deleted">It is gone.</param>
internal sealed record Done(string Name, bool Deleted);
