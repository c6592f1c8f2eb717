using System.Buffers.Binary;

namespace Serverless.Jobs.Events;

/// <summary>
/// Reads the scalars of one event file, piece by piece, as it grows; whoever uses it brings the bytes. Scalars are read in both forms that TensorBoard shows as such:
/// <c>simple_value</c> (TensorFlow 1, PyTorch, <see cref="EventWriter"/>), and tensors of one number of the plug-in "scalars" (TensorFlow 2, Keras, PyTorch's new style).
/// Everything else is passed over.
/// </summary>
public sealed class ScalarReader
{
    /// <summary>Most tags that are told apart; those beyond are passed over, since a program could otherwise fill the reader's memory.</summary>
    public const int MaxTags = 10_000;

    private readonly EventScalars scalars = new();

    /// <summary>Whether there were more than <see cref="MaxTags"/> tags.</summary>
    public bool TooManyTags => scalars.TooManyTags;

    /// <summary>Reads the whole records that some bytes begin with.</summary>
    /// <param name="bytes">The file from where the last call stopped (<see cref="EventProgress.Used"/>).</param>
    /// <param name="found">Told of each scalar, in the file's order.</param>
    public EventProgress Read(ReadOnlySpan<byte> bytes, Action<ScalarEvent> found)
    {
        var used = 0;
        while (true)
        {
            var rest = bytes[used..];
            if (rest.Length < EventRecord.HeadBytes)
                return new(used, 0, null);
            if (EventRecord.LengthOf(rest) is not { } length)
                return new(used, 0, "the checksum of a record's length is wrong");
            if (length > rest.Length)
                return new(used, length, null);
            var data = rest[EventRecord.HeadBytes..(int)(length - sizeof(uint))];
            if (BinaryPrimitives.ReadUInt32LittleEndian(rest[(int)(length - sizeof(uint))..]) != Crc32C.Masked(data))
                return new(used, length, "the checksum of a record is wrong");
            if (!scalars.Read(data, found))
                return new(used, length, "a record is no event");
            used += (int)length;
        }
    }
}
