using System.Runtime.InteropServices;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>
/// Lets libtorch's threads sleep while they wait for each other. By default they spin, which on a machine that does other work too makes small networks ten times slower.
/// OpenMP reads the variable when it is loaded, from the process's own environment, which <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not change.
/// </summary>
internal static partial class PassiveThreads
{
    private const string Variable = "OMP_WAIT_POLICY";

    /// <summary>Asks for it, unless the variable says something else. To be called before libtorch is loaded.</summary>
    public static void Ask()
    {
        if (OperatingSystem.IsLinux())
            _ = SetVariable(Variable, "PASSIVE", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
