namespace Serverless.Cli.Terminal;

/// <summary>A line of a <see cref="LiveFrame"/>.</summary>
/// <param name="Text">The text, already safe (<see cref="SafeText"/>) and within the width.</param>
/// <param name="Look">How it looks where there are colours.</param>
internal readonly record struct FrameLine(string Text, LineLook Look = LineLook.Plain);
