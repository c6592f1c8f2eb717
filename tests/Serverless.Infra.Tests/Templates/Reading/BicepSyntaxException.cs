namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>A file that the reader does not understand. It refuses rather than guesses.</summary>
internal sealed class BicepSyntaxException(string file, int line, string message) : Exception($"{file}({line}): {message}");
