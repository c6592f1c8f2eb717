using Serverless.Agent.Files;
using Serverless.Jobs.Events;

namespace Serverless.Agent.Metrics.Events;

/// <summary>
/// Follows one event file: reads whole records as they come. One that became shorter, or begins otherwise than before, is read again from its start; a damaged record ends
/// the file, because nothing says where the next one would begin.
/// </summary>
internal sealed class EventTail(string root, string path, long skip, Action<string> note)
{
    /// <summary>A record that is longer (an image, a graph) is passed over unread: no event of scalars is.</summary>
    private const int MaxRecordBytes = 4 << 20;

    private const int BufferBytes = 64 * 1024;
    private const int SignatureBytes = 64;

    private ScalarReader reader = new();
    private byte[] signature = [];
    private long position = skip;
    private (long Size, long Ticks)? seen;
    private string? suspected;
    private bool toldTags;

    /// <summary>The path below the root.</summary>
    public string Path => path;

    /// <summary>Whether its records cannot be read on.</summary>
    public bool Ended { get; private set; }

    /// <summary>Reads what is new.</summary>
    /// <param name="budget">How many bytes at the most; a little more is read when a record needs it.</param>
    /// <param name="last">Whether nothing will be written any more.</param>
    /// <param name="found">Told of each scalar.</param>
    /// <param name="buffer">Where to read to; replaced by a longer one when a record needs it.</param>
    /// <returns>How many bytes were read; as many as the budget or more, when more may be there.</returns>
    public long Read(long budget, bool last, Action<ScalarEvent> found, ref byte[] buffer)
    {
        if (Ended)
            return 0;
        var info = new FileInfo(System.IO.Path.Combine(root, path));
        if (!info.Exists || (info.Length, info.LastWriteTimeUtc.Ticks) == seen)
            return 0;
        using var file = OutputFile.TryOpen(root, path);
        if (file is null)
            return 0;
        seen = null;
        if (file.Length < position || !BeginsAsBefore(file))
            Restart();
        var begin = position;
        var more = true;
        while (more && position - begin < budget)
            more = ReadPiece(file, last, found, ref buffer);
        if (!more && suspected is null)
            seen = (info.Length, info.LastWriteTimeUtc.Ticks);
        Sign(file);
        if (reader.TooManyTags && !toldTags)
        {
            toldTags = true;
            note($"The event file '{path}' has more than {ScalarReader.MaxTags:N0} scalars: the others are not reported.");
        }

        return position - begin;
    }

    private bool ReadPiece(FileStream file, bool last, Action<ScalarEvent> found, ref byte[] buffer)
    {
        file.Position = position;
        var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var progress = reader.Read(buffer.AsSpan(0, count), found);
        position += progress.Used;
        if (progress.Damage is { } damage)
            return Suspect(damage, last);
        suspected = null;
        if (progress.Next > buffer.Length && progress.Next <= MaxRecordBytes)
            buffer = new byte[progress.Next];
        else if (progress.Next > MaxRecordBytes && file.Length - position >= progress.Next)
            position += progress.Next;
        else if (progress.Used == 0)
            return false;
        return file.Length > position;
    }

    /// <summary>A file that is replaced in place may be read in the middle of it: only what is damaged at the next look too is.</summary>
    private bool Suspect(string damage, bool last)
    {
        var where = $"{damage} at byte {position:N0}";
        if (!last && suspected != where)
        {
            suspected = where;
            return false;
        }

        Ended = true;
        note(FormattableString.Invariant($"The event file '{path}' is damaged: {where}. Its scalars before that are reported, those after it are not. The file itself is kept as it is."));
        return false;
    }

    private bool BeginsAsBefore(FileStream file)
    {
        Span<byte> now = stackalloc byte[SignatureBytes];
        file.Position = 0;
        return file.ReadAtLeast(now[..signature.Length], signature.Length, throwOnEndOfStream: false) == signature.Length && now[..signature.Length].SequenceEqual(signature);
    }

    private void Sign(FileStream file)
    {
        if (signature.Length == SignatureBytes || signature.Length >= Math.Min(position, SignatureBytes))
            return;
        signature = new byte[(int)Math.Min(position, SignatureBytes)];
        file.Position = 0;
        file.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
    }

    private void Restart()
    {
        reader = new ScalarReader();
        signature = [];
        suspected = null;
        position = 0;
    }

    /// <summary>A buffer to begin with.</summary>
    public static byte[] NewBuffer() => new byte[BufferBytes];
}
