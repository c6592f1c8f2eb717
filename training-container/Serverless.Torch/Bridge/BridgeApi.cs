using System.Runtime.InteropServices;

namespace Serverless.Torch.Bridge;

/// <summary>The functions of the bridge (<c>bridge.cpp</c>), found by name in the library.</summary>
/// <param name="library">The library's handle.</param>
internal sealed unsafe class BridgeApi(nint library)
{
    private const string Prefix = "serverless_bridge_";

    public readonly delegate* unmanaged<byte*> Error = (delegate* unmanaged<byte*>)Find(library, "error");
    public readonly delegate* unmanaged<byte*> BuiltFor = (delegate* unmanaged<byte*>)Find(library, "built_for");
    public readonly delegate* unmanaged<byte*> Loaded = (delegate* unmanaged<byte*>)Find(library, "loaded");
    public readonly delegate* unmanaged<int, nint*, byte**, byte**, delegate* unmanaged<byte*, byte*>, nint> Begin =
        (delegate* unmanaged<int, nint*, byte**, byte**, delegate* unmanaged<byte*, byte*>, nint>)Find(library, "begin");
    public readonly delegate* unmanaged<nint, int> Pause = (delegate* unmanaged<nint, int>)Find(library, "pause");
    public readonly delegate* unmanaged<nint, int> Resume = (delegate* unmanaged<nint, int>)Find(library, "resume");
    public readonly delegate* unmanaged<nint, nint, int> IsTraced = (delegate* unmanaged<nint, nint, int>)Find(library, "is_traced");
    public readonly delegate* unmanaged<nint, int, nint*, byte**, byte*> End = (delegate* unmanaged<nint, int, nint*, byte**, byte*>)Find(library, "end");
    public readonly delegate* unmanaged<nint, int, void*, long, long> Blob = (delegate* unmanaged<nint, int, void*, long, long>)Find(library, "blob");
    public readonly delegate* unmanaged<nint, int> Blobs = (delegate* unmanaged<nint, int>)Find(library, "blobs");
    public readonly delegate* unmanaged<nint, void> Free = (delegate* unmanaged<nint, void>)Find(library, "free");

    /// <summary>What the last call that failed on this thread said.</summary>
    public string LastError => Marshal.PtrToStringUTF8((nint)Error()) ?? "";

    private static nint Find(nint library, string name) => NativeLibrary.GetExport(library, Prefix + name);
}
