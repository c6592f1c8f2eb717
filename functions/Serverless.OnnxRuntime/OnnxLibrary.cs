using System.Runtime.InteropServices;

namespace Serverless.OnnxRuntime;

/// <summary>Finds and loads the native library: where the user says, else where the build put it.</summary>
public static class OnnxLibrary
{
    /// <summary>Environment variable with the path of a library of the user's own.</summary>
    public const string PathVariable = "SERVERLESS_ONNXRUNTIME";

    /// <summary>Loads the library.</summary>
    /// <param name="path">Where the user says it is; null: the environment variable, else beside the program.</param>
    /// <exception cref="OnnxLibraryException">There is none; the message has the places that were looked at.</exception>
    internal static nint Load(string? path)
    {
        path ??= Environment.GetEnvironmentVariable(PathVariable);
        if (!string.IsNullOrEmpty(path))
            return NativeLibrary.TryLoad(path, out var chosen) ? chosen : throw Missing([path]);
        string[] places = [Path.Combine(AppContext.BaseDirectory, "runtimes", Rid, "native", FileName), Path.Combine(AppContext.BaseDirectory, FileName)];
        foreach (var place in places)
        {
            if (File.Exists(place) && NativeLibrary.TryLoad(place, out var handle))
                return handle;
        }

        return NativeLibrary.TryLoad("onnxruntime", typeof(OnnxLibrary).Assembly, null, out var packaged) ? packaged : throw Missing(places);
    }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    private static string Rid =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static OnnxLibraryException Missing(string[] places) => new(
        $"ONNX Runtime's native library could not be loaded from {string.Join(" or ", places.Select(place => $"'{place}'"))}.",
        $"Build again, or name a library for this machine in the environment variable {PathVariable}.");
}
