using System.Runtime.InteropServices;
using Serverless.Onnx.Exporting;
using TorchSharp;

namespace Serverless.Torch.Bridge;

/// <summary>The bridge to libtorch's recorder, or why it is not there.</summary>
internal sealed unsafe class TorchBridge
{
    private static readonly Lazy<TorchBridge> Found = new(() => Open(Environment.GetEnvironmentVariable(BridgeFile.Variable), AppContext.BaseDirectory));

    private TorchBridge(BridgeApi? api, string? missing) => (Api, Missing) = (api, missing);

    /// <summary>Its functions; null when it is not there.</summary>
    public BridgeApi? Api { get; }

    /// <summary>Why it is not there, with the cure; null when it is.</summary>
    public string? Missing { get; }

    /// <summary>The bridge of this process, loaded on first use.</summary>
    public static TorchBridge Shared => Found.Value;

    /// <summary>Loads it.</summary>
    /// <param name="named">The file to load; null: the one beside the program.</param>
    /// <param name="programFolder">The program's folder.</param>
    public static TorchBridge Open(string? named, string programFolder)
    {
        torch.InitializeDeviceType(DeviceType.CPU); // libtorch first: the bridge must find the one that TorchSharp has loaded
        var candidates = BridgeFile.Candidates(named, programFolder);
        if (candidates.FirstOrDefault(File.Exists) is not { } file)
            return new(null, BridgeVersions.NotFound(candidates, BridgeFile.Variable));
        try
        {
            var api = new BridgeApi(NativeLibrary.Load(file));
            var (builtFor, loaded) = (Text(api.BuiltFor()), Text(api.Loaded()));
            return BridgeVersions.Refusal(file, builtFor, loaded) is { } refusal ? new(null, refusal) : new(api, null);
        }
        catch (Exception failed) when (failed is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            return new(null, BridgeVersions.NotLoaded(file, failed.Message));
        }
    }

    private static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";
}
