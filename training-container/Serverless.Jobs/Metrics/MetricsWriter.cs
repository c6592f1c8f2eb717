using System.Text.Json;

namespace Serverless.Jobs.Metrics;

/// <summary>Appends metrics as JSON lines. Each line is one write, so that a reader never sees half of one from two threads.</summary>
internal sealed class MetricsWriter : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file;

    public MetricsWriter(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    public void Write(string name, double value, long? step)
    {
        if (name.Length is 0 or > 128)
            throw new ArgumentException($"The metric's name has {name.Length} characters; 1 to 128 are allowed.", nameof(name));
        using var line = new MemoryStream(96);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            if (double.IsFinite(value))
                json.WriteNumber("value", value);
            else
                json.WriteString("value", double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            if (step is { } number)
                json.WriteNumber("step", number);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (gate)
            file.Write(line.GetBuffer(), 0, (int)line.Length);
    }

    public void Dispose() => file.Dispose();
}
