using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>A copy of a network's weights and statistics as they were after its best epoch.</summary>
internal sealed class BestWeights(nn.Module network)
{
    private byte[]? kept;

    /// <summary>Whether there is one.</summary>
    public bool IsThere => kept is not null;

    /// <summary>Copies the network.</summary>
    public void Keep()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        network.save(writer);
        kept = stream.ToArray();
    }

    /// <summary>Gives the network what was kept; nothing happens when nothing was.</summary>
    public void Restore()
    {
        if (kept is null)
            return;
        using var reader = new BinaryReader(new MemoryStream(kept));
        network.load(reader);
    }

    /// <summary>Writes the copy.</summary>
    public void Save(BinaryWriter writer) => writer.Write(kept!);

    /// <summary>Reads what <see cref="Save"/> wrote, to the stream's end.</summary>
    public void Load(BinaryReader reader)
    {
        using var stream = new MemoryStream();
        reader.BaseStream.CopyTo(stream);
        kept = stream.ToArray();
    }
}
