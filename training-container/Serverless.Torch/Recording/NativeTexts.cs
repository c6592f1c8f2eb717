using System.Runtime.InteropServices;

namespace Serverless.Torch.Recording;

/// <summary>Texts as native UTF-8, freed together.</summary>
internal sealed class NativeTexts : IDisposable
{
    private readonly nint[] pointers;

    public NativeTexts(IReadOnlyList<string> texts) => pointers = [.. texts.Select(Marshal.StringToCoTaskMemUTF8)];

    /// <summary>Their addresses.</summary>
    public nint[] Pointers => pointers;

    public void Dispose()
    {
        foreach (var pointer in pointers)
            Marshal.FreeCoTaskMem(pointer);
    }
}
