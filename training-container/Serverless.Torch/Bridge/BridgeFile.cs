using System.Runtime.InteropServices;

namespace Serverless.Torch.Bridge;

/// <summary>Where the bridge is looked for.</summary>
internal static class BridgeFile
{
    /// <summary>The environment variable that names the file; it alone is tried then.</summary>
    public const string Variable = "SERVERLESS_TORCH_BRIDGE";

    /// <summary>The places, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> Candidates(string? named, string programFolder) => named is { Length: > 0 }
        ? [Path.GetFullPath(named)]
        : [Path.Combine(programFolder, FileName), Path.Combine(programFolder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName)];

    private static string FileName =>
        OperatingSystem.IsWindows() ? "ServerlessTorchBridge.dll" : OperatingSystem.IsMacOS() ? "libServerlessTorchBridge.dylib" : "libServerlessTorchBridge.so";
}
