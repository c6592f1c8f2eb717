namespace Serverless.Cli.Terminal;

/// <summary>Tells how something that takes a while stands.</summary>
/// <param name="state">How it stands.</param>
/// <param name="isMinor">Whether it changes all the time, such as a count of bytes.</param>
internal delegate void Say(string state, bool isMinor = false);
