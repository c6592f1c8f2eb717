using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Serverless.OnnxRuntime;

/// <summary>The loaded library with its environment. One a process, as the library wants it; made on first use and kept.</summary>
public sealed unsafe class NativeRuntime
{
    private const int Warning = 2;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;
    private static readonly Lock Gate = new();
    private static NativeRuntime? shared;

    private NativeRuntime(string? path)
    {
        var export = NativeLibrary.GetExport(OnnxLibrary.Load(path), "OrtGetApiBase");
        var apiBase = ((delegate* unmanaged[Cdecl]<nint*>)export)();
        LibraryVersion = Utf8(((delegate* unmanaged[Cdecl]<byte*>)apiBase[1])()) ?? "";
        var table = ((delegate* unmanaged[Cdecl]<uint, nint*>)apiBase[0])(OnnxApi.Version);
        if (table == null)
        {
            throw new OnnxLibraryException($"ONNX Runtime {LibraryVersion} does not have the C API {OnnxApi.Version}.", "Use ONNX Runtime 1.17 or later.");
        }

        Api = new OnnxApi(table);
        Environment = CreateEnvironment();
        Check(Api.DisableTelemetryEvents(Environment));
        nint handle;
        Check(Api.CreateCpuMemoryInfo(ArenaAllocator, DefaultMemory, &handle));
        CpuMemory = handle;
        Check(Api.GetAllocatorWithDefaultOptions(&handle));
        Allocator = handle;
    }

    /// <summary>What the library says through its log at warning level or above: severity (2 warning, 3 error, 4 fatal) and text.</summary>
    public static Action<int, string>? Logged { get; set; }

    /// <summary>The functions.</summary>
    internal OnnxApi Api { get; }

    /// <summary>The library's version, such as <c>1.30.0</c>.</summary>
    public string LibraryVersion { get; }

    /// <summary>The environment's handle.</summary>
    internal nint Environment { get; }

    /// <summary>Describes the processor's memory.</summary>
    internal nint CpuMemory { get; }

    /// <summary>The library's own allocator. It is never released.</summary>
    internal nint Allocator { get; }

    /// <summary>The library of this process, loaded now when it is not yet.</summary>
    /// <param name="path">Where the user says it is; null: the environment variable <c>SERVERLESS_ONNXRUNTIME</c>, else beside the program. Only the first call's counts.</param>
    /// <exception cref="OnnxLibraryException">There is none, or it is too old.</exception>
    public static NativeRuntime Shared(string? path = null)
    {
        lock (Gate)
            return shared ??= new NativeRuntime(path);
    }

    /// <summary>Makes another reference to the environment.</summary>
    internal nint CreateEnvironment()
    {
        nint environment;
        fixed (byte* name = "serverless"u8)
            Check(Api.CreateEnvWithCustomLogger((nint)(delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, byte*, byte*, void>)&OnLog, 0, Warning, name, &environment));
        return environment;
    }

    /// <summary>The execution providers that this library was built with, such as <c>CUDAExecutionProvider</c>.</summary>
    public IReadOnlyList<string> Providers()
    {
        byte** names;
        int count;
        Check(Api.GetAvailableProviders(&names, &count));
        var providers = new List<string>(count);
        for (var i = 0; i < count; i++)
            providers.Add(Utf8(names[i]) ?? "");
        Check(Api.ReleaseAvailableProviders(names, count));
        return providers;
    }

    /// <summary>Turns a status into an exception and frees it.</summary>
    /// <exception cref="OnnxException">The status is not success.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Check(nint status)
    {
        if (status != 0)
            Throw(status);
    }

    /// <summary>A text that the library's allocator made, which is freed.</summary>
    internal string? Take(byte* text)
    {
        var taken = Utf8(text);
        if (text != null)
            Check(Api.AllocatorFree(Allocator, text));
        return taken;
    }

    /// <summary>A text that stays the library's.</summary>
    internal static string? Utf8(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    private void Throw(nint status)
    {
        var failure = new OnnxException(Api.GetErrorCode(status), Utf8(Api.GetErrorMessage(status)) ?? "");
        Api.ReleaseStatus(status);
        throw failure;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint parameter, int severity, byte* category, byte* logId, byte* location, byte* message) =>
        Logged?.Invoke(severity, Utf8(message) ?? "");
}
