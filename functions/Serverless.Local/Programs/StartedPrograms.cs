namespace Serverless.Local.Programs;

/// <summary>Finds the programs that were built or published with the host and that it starts but does not link, and says how a program is started.</summary>
internal static class StartedPrograms
{
    /// <summary>The file beside the host that names what was built with it, one path a line.</summary>
    private const string List = "programs.txt";

    /// <summary>The program of that name; null when it is nowhere.</summary>
    /// <param name="name">Such as <c>Serverless.Agent</c>.</param>
    /// <param name="folder">The host's own folder.</param>
    public static string? Find(string name, string folder)
    {
        var file = name + ".dll";
        string[] places = [Path.Combine(folder, "libexec", name, file), Path.Combine(folder, "..", name, file), .. Listed(Path.Combine(folder, List), file)];
        return places.Select(Path.GetFullPath).FirstOrDefault(File.Exists);
    }

    /// <summary>How a built program is started: one that needs the runtime, by the runtime that runs this process.</summary>
    /// <param name="path">The program; a library is started by <c>dotnet</c>; <c>dotnet</c> itself means this host again.</param>
    /// <param name="arguments">Its first arguments.</param>
    public static IReadOnlyList<string> Command(string? path, params string[] arguments)
    {
        var program = path ?? "dotnet";
        if (IsRuntime(program))
            return [program, Path.Combine(AppContext.BaseDirectory, "Serverless.Local.dll"), .. arguments];
        if (!program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return [program, .. arguments];
        return [IsRuntime(Environment.ProcessPath) ? Environment.ProcessPath! : "dotnet", program, .. arguments];
    }

    private static bool IsRuntime(string? program) => Path.GetFileNameWithoutExtension(program) == "dotnet";

    private static IEnumerable<string> Listed(string list, string file) =>
        File.Exists(list) ? File.ReadLines(list).Where(line => Path.GetFileName(line) == file) : [];
}
