using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Serverless.OnnxRuntime;

/// <summary>A loaded model. Runs may go on side by side; <see cref="Dispose"/> must not be called before the last has ended.</summary>
public sealed unsafe class OnnxSession : IDisposable
{
    private const int Sequential = 0;
    private const int SpareCalls = 64;
    private readonly ConcurrentBag<InferenceCall> spare = [];
    private readonly Dictionary<string, int> inputsByName = new(StringComparer.Ordinal);
    private nint metadata;

    private OnnxSession(NativeRuntime runtime, nint handle, bool onCuda)
    {
        Runtime = runtime;
        Handle = handle;
        OnCuda = onCuda;
        Inputs = PortReader.Inputs(runtime, handle);
        Outputs = PortReader.Outputs(runtime, handle);
        for (var i = 0; i < Inputs.Count; i++)
            inputsByName[Inputs[i].Name] = i;
        InputNames = [.. Inputs.Select(CopyName)];
        OutputNames = [.. Outputs.Select(CopyName)];
        nint read;
        runtime.Check(runtime.Api.SessionGetModelMetadata(handle, &read));
        metadata = read;
        Classes = ReadClasses();
    }

    /// <summary>The library that it is loaded in.</summary>
    public NativeRuntime Runtime { get; }

    /// <summary>Its handle; 0 once it is unloaded.</summary>
    internal nint Handle { get; private set; }

    /// <summary>Whether the CUDA provider runs it.</summary>
    public bool OnCuda { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<TensorPort> Inputs { get; }

    /// <summary>What it gives.</summary>
    public IReadOnlyList<TensorPort> Outputs { get; }

    /// <summary>The inputs' names as the library wants them.</summary>
    internal nint[] InputNames { get; }

    /// <summary>The outputs' names as the library wants them.</summary>
    internal nint[] OutputNames { get; }

    /// <summary>The names of a classifier's classes, from the metadata property <c>classes</c>; null when it has none.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Loads a model from its bytes, which are not needed afterwards. From bytes, so that the library cannot be led to other files.</summary>
    /// <exception cref="OnnxException">The library refuses it.</exception>
    public static OnnxSession Load(NativeRuntime runtime, ReadOnlySpan<byte> model, SessionSettings settings)
    {
        fixed (byte* bytes = model)
            return Load(runtime, settings, bytes, model.Length);
    }

    /// <summary>Loads a model of our own making from its file; the library follows its external data to files beside it. Never for a model that somebody else gives: its paths are not looked at.</summary>
    /// <param name="runtime">The library.</param>
    /// <param name="path">The model's file.</param>
    /// <param name="settings">How the session is made.</param>
    /// <exception cref="OnnxException">The library refuses it, or a file is not there.</exception>
    public static OnnxSession LoadFile(NativeRuntime runtime, string path, SessionSettings settings)
    {
        var full = Path.GetFullPath(path) + '\0';
        fixed (byte* native = OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(full) : Encoding.UTF8.GetBytes(full))
            return Load(runtime, settings, native, null);
    }

    private static OnnxSession Load(NativeRuntime runtime, SessionSettings settings, byte* modelOrPath, int? modelBytes)
    {
        var api = runtime.Api;
        nint options;
        runtime.Check(api.CreateSessionOptions(&options));
        nint handle = 0;
        try
        {
            var onCuda = Configure(runtime, options, settings);
            runtime.Check(modelBytes is { } length
                ? api.CreateSessionFromArray(runtime.Environment, modelOrPath, (nuint)length, options, &handle)
                : api.CreateSession(runtime.Environment, modelOrPath, options, &handle));
            var session = new OnnxSession(runtime, handle, onCuda);
            handle = 0;
            return session;
        }
        finally
        {
            if (handle != 0)
                api.ReleaseSession(handle);
            api.ReleaseSessionOptions(options);
        }
    }

    /// <summary>A property of the model's metadata, or null.</summary>
    public string? Metadata(string key)
    {
        byte* value;
        fixed (byte* name = Encoding.UTF8.GetBytes(key + '\0'))
            Runtime.Check(Runtime.Api.ModelMetadataLookupCustomMetadataMap(metadata, Runtime.Allocator, name, &value));
        return Runtime.Take(value);
    }

    /// <summary>The place of an input; −1 when there is none of that name.</summary>
    public int FindInput(string name) => inputsByName.GetValueOrDefault(name, -1);

    /// <summary>Buffers for one call; <see cref="InferenceCall.Dispose"/> gives them back for the next.</summary>
    public InferenceCall Rent(TimeProvider time) => spare.TryTake(out var call) ? call : new InferenceCall(this, time);

    /// <summary>Keeps a call's buffers for the next, unless there are enough or they have grown large.</summary>
    internal void Return(InferenceCall call)
    {
        if (Handle != 0 && spare.Count < SpareCalls && call.IsSmall)
            spare.Add(call);
        else
            call.Release();
    }

    /// <summary>Unloads it.</summary>
    public void Dispose()
    {
        if (Handle == 0)
            return;
        while (spare.TryTake(out var call))
            call.Release();
        Runtime.Api.ReleaseModelMetadata(metadata);
        Runtime.Api.ReleaseSession(Handle);
        foreach (var name in InputNames.Concat(OutputNames))
            NativeMemory.Free((void*)name);
        (Handle, metadata) = (0, 0);
    }

    private static bool Configure(NativeRuntime runtime, nint options, SessionSettings settings)
    {
        var api = runtime.Api;
        runtime.Check(api.SetSessionExecutionMode(options, Sequential));
        runtime.Check(api.SetSessionGraphOptimizationLevel(options, settings.Optimization));
        runtime.Check(api.SetIntraOpNumThreads(options, settings.IntraOpThreads));
        runtime.Check(api.SetInterOpNumThreads(options, 1));
        runtime.Check(api.EnableCpuMemArena(options));
        runtime.Check(api.DisableMemPattern(options)); // patterns pay off for one shape only; requests come in many
        runtime.Check(api.SetSessionLogSeverityLevel(options, 3));
        fixed (byte* logId = "serverless\0"u8, spinning = "session.intra_op.allow_spinning\0"u8, off = "0\0"u8)
        {
            runtime.Check(api.SetSessionLogId(options, logId));
            runtime.Check(api.AddSessionConfigEntry(options, spinning, off)); // a waiting thread must not take a core from other sessions
        }

        return settings.UseCuda && CudaProvider.TryAppend(runtime, options);
    }

    private static nint CopyName(TensorPort port)
    {
        var copy = (byte*)NativeMemory.Alloc((nuint)port.NameUtf8.Length + 1);
        port.NameUtf8.CopyTo(new Span<byte>(copy, port.NameUtf8.Length));
        copy[port.NameUtf8.Length] = 0;
        return (nint)copy;
    }

    private List<string>? ReadClasses()
    {
        if (Metadata("classes") is not { } text)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Array
                && document.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. document.RootElement.EnumerateArray().Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null; // another tool's property of that name
        }
    }
}
