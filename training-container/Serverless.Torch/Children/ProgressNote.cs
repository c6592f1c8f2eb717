using System.IO.MemoryMappedFiles;
using System.Text;

namespace Serverless.Torch.Children;

/// <summary>The last operator that began, kept in memory that outlives the process which notes it.</summary>
internal sealed class ProgressNote : IDisposable
{
    private const int Size = 2048;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte[] bytes = new byte[Size];

    /// <summary>Opens the note; it is made when it is not there.</summary>
    public ProgressNote(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Size);
        view = file.CreateViewAccessor(0, Size);
    }

    /// <summary>Notes an operator as it begins.</summary>
    public void Write(string operation, string? place)
    {
        Array.Clear(bytes);
        Encoding.UTF8.GetEncoder().Convert(place is null ? operation : $"{operation} ({place})", bytes.AsSpan(0, Size - 1), flush: true, out _, out _, out _);
        view.WriteArray(0, bytes, 0, Size);
    }

    /// <summary>What was noted last; empty when nothing was.</summary>
    public static string Read(string path)
    {
        if (!File.Exists(path))
            return "";
        var bytes = File.ReadAllBytes(path);
        return Encoding.UTF8.GetString(bytes, 0, Array.IndexOf(bytes, (byte)0) is >= 0 and var end ? end : bytes.Length);
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
