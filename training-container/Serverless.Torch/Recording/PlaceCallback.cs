using System.Runtime.InteropServices;
using System.Text;

namespace Serverless.Torch.Recording;

/// <summary>What the bridge calls before each operator: notes it and says where in the source it is.</summary>
internal static unsafe class PlaceCallback
{
    private const int MostBytes = 1024;

    [ThreadStatic]
    private static byte* answer;

    /// <summary>Where each operator is noted as it begins, so that it is known when the process dies in it; null: nowhere.</summary>
    [ThreadStatic]
    internal static Action<string, string?>? Noted;

    /// <summary>The function's address.</summary>
    public static delegate* unmanaged<byte*, byte*> Address => &Called;

    [UnmanagedCallersOnly]
    private static byte* Called(byte* operation)
    {
        try
        {
            var place = SourcePlaces.Find();
            Noted?.Invoke(Marshal.PtrToStringUTF8((nint)operation) ?? "", place);
            return place is null ? null : Answer(place);
        }
        catch (Exception) // nothing may be thrown through native frames; the operator goes without its place
        {
            return null;
        }
    }

    private static byte* Answer(string place)
    {
        if (answer == null)
            answer = (byte*)NativeMemory.Alloc(MostBytes);
        Encoding.UTF8.GetEncoder().Convert(place, new Span<byte>(answer, MostBytes - 1), flush: true, out _, out var length, out _);
        answer[length] = 0;
        return answer;
    }
}
