using System.Runtime.InteropServices;
using Serverless.Torch.Bridge;
using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>A tensor that goes into a recording from outside.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role"><c>input</c>, <c>parameter</c> or <c>buffer</c>.</param>
/// <param name="Tensor">The tensor.</param>
internal sealed record RecordingInput(string Name, string Role, torch.Tensor Tensor);

/// <summary>One recording on this thread: from <see cref="Begin"/> until it is disposed, libtorch notes what it runs.</summary>
internal sealed unsafe class RecordingSession : IDisposable
{
    private readonly BridgeApi api;
    private nint handle;

    private RecordingSession(BridgeApi api, nint handle) => (this.api, this.handle) = (api, handle);

    /// <summary>Begins.</summary>
    /// <exception cref="InvalidOperationException">The thread is being recorded already, or libtorch refuses.</exception>
    public static RecordingSession Begin(BridgeApi api, IReadOnlyList<RecordingInput> inputs)
    {
        using var names = new NativeTexts([.. inputs.Select(input => input.Name)]);
        using var roles = new NativeTexts([.. inputs.Select(input => input.Role)]);
        nint[] tensors = [.. inputs.Select(input => input.Tensor.Handle)];
        nint handle;
        fixed (nint* tensorsAt = tensors, namesAt = names.Pointers, rolesAt = roles.Pointers)
            handle = api.Begin(tensors.Length, tensorsAt, (byte**)namesAt, (byte**)rolesAt, PlaceCallback.Address);
        return handle != 0 ? new(api, handle) : throw new InvalidOperationException($"The recording cannot begin: {api.LastError}.");
    }

    /// <summary>Whether a tensor came out of this recording or went into it.</summary>
    public bool IsTraced(torch.Tensor tensor) => api.IsTraced(handle, tensor.Handle) == 1;

    /// <summary>Ends it.</summary>
    /// <returns>The graph as JSON.</returns>
    /// <exception cref="InvalidOperationException">An output was not recorded.</exception>
    public byte[] End(IReadOnlyList<(string Name, torch.Tensor Tensor)> outputs)
    {
        using var names = new NativeTexts([.. outputs.Select(output => output.Name)]);
        nint[] tensors = [.. outputs.Select(output => output.Tensor.Handle)];
        byte* json;
        fixed (nint* tensorsAt = tensors, namesAt = names.Pointers)
            json = api.End(handle, tensors.Length, tensorsAt, (byte**)namesAt);
        return json != null ? MemoryMarshal.CreateReadOnlySpanFromNullTerminated(json).ToArray() : throw new InvalidOperationException($"The recording cannot be read: {api.LastError}.");
    }

    /// <summary>The number of blobs, after the end.</summary>
    public int Blobs => api.Blobs(handle);

    /// <summary>The bytes of a weight, buffer or constant, after the end.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read, or has more than 2 GiB.</exception>
    public byte[] Blob(int index)
    {
        var size = api.Blob(handle, index, null, 0);
        if (size < 0 || size > Array.MaxLength)
            throw new InvalidOperationException(size < 0 ? api.LastError : $"A tensor of {size} bytes is larger than {Array.MaxLength}, the most that one tensor of a model may have here. Split it.");
        var bytes = new byte[size];
        fixed (byte* to = bytes)
        {
            if (size > 0 && api.Blob(handle, index, to, size) != size)
                throw new InvalidOperationException($"A tensor cannot be read: {api.LastError}.");
        }

        return bytes;
    }

    /// <summary>Ends the recording, if it goes on, and frees it.</summary>
    public void Dispose()
    {
        if (handle != 0)
            api.Free(handle);
        handle = 0;
    }
}
