using System.Reflection;

namespace Serverless.Torch.Children;

/// <summary>How the process that exports is started.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">What comes before the verb.</param>
internal sealed record ChildProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>This program again.</summary>
    public static ChildProgram Self
    {
        get
        {
            var file = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not say which program this is. Export in this process.");
            var isHost = string.Equals(Path.GetFileNameWithoutExtension(file), "dotnet", StringComparison.OrdinalIgnoreCase);
            return new(file, isHost ? [Assembly.GetEntryAssembly()!.Location] : []);
        }
    }
}
