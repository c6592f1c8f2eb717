using System.Runtime.InteropServices;
using Serverless.TestKit;

namespace Serverless.Benchmarks;

/// <summary>The programs of this repository as they were built together with the benchmarks.</summary>
internal static class Built
{
    /// <summary>The path of a program's assembly, in the same configuration as this one.</summary>
    public static string Program(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Needs.RepositoryRoot(), "artifacts", "bin", project, configuration, project + ".dll");
    }

    /// <summary>What the figures were measured on.</summary>
    public static string Machine =>
        $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))} build";
}
