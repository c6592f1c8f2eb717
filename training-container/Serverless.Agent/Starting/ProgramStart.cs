namespace Serverless.Agent.Starting;

/// <summary>All that the system is told to start a program.</summary>
/// <param name="Executable">An absolute path.</param>
/// <param name="Arguments">The arguments after the program's name.</param>
/// <param name="Environment">The whole environment.</param>
/// <param name="Folder">The working folder, absolute.</param>
internal sealed record ProgramStart(string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Folder);
