using System.Globalization;

namespace Serverless.Jobs.Events;

/// <summary>
/// Writes what TensorBoard shows: an event file of its own for each writer, which grows while the program runs. May be used from any thread; what is written is in the
/// file at once. The format is TensorFlow's, by its published message definitions.
/// </summary>
public sealed class EventWriter : IDisposable
{
    /// <summary>The greatest length of a tag.</summary>
    public const int MaxTagLength = 512;

    /// <summary>The greatest length of a text: what is longer is cut, since TensorBoard keeps each in memory.</summary>
    public const int MaxTextLength = 1 << 20;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly FileStream file;

    /// <summary>Begins a file in a folder, which is made when it is not there.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="time">The clock.</param>
    public EventWriter(string folder, TimeProvider time)
    {
        this.time = time;
        Directory.CreateDirectory(folder);
        Path = System.IO.Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{time.GetUtcNow().ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{Guid.CreateVersion7(time.GetUtcNow()):N}"));
        file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        Write(EventMessages.Version(Seconds));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    private double Seconds => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>A number at a step.</summary>
    /// <param name="tag">The chart's name, 1 to 512 characters; a slash groups charts (<c>loss/train</c>).</param>
    /// <param name="value">The number; NaN and infinities are allowed. TensorBoard keeps 32 bits of it.</param>
    /// <param name="step">The step (epoch, batch).</param>
    public void Scalar(string tag, double value, long step) => Write(EventMessages.OfScalar(Seconds, step, Checked(tag), value));

    /// <summary>How values are spread at a step: 64 bins of equal width; NaN and infinities are left out.</summary>
    /// <param name="tag">The chart's name.</param>
    /// <param name="values">The values, such as a layer's weights.</param>
    /// <param name="step">The step.</param>
    public void Histogram(string tag, ReadOnlySpan<float> values, long step) => Write(EventMessages.OfHistogram(Seconds, step, Checked(tag), HistogramBins.Of(values)));

    /// <summary>A text at a step; TensorBoard shows Markdown.</summary>
    /// <param name="tag">The text's name.</param>
    /// <param name="text">The text; over <see cref="MaxTextLength"/> characters it is cut.</param>
    /// <param name="step">The step.</param>
    public void Text(string tag, string text, long step) =>
        Write(EventMessages.OfText(Seconds, step, Checked(tag), text.Length > MaxTextLength ? text[..MaxTextLength] : text));

    /// <summary>Ends the file.</summary>
    public void Dispose() => file.Dispose();

    private static string Checked(string tag) => tag.Length is > 0 and <= MaxTagLength
        ? tag
        : throw new ArgumentException($"The tag has {tag.Length} characters; 1 to {MaxTagLength} are allowed.", nameof(tag));

    /// <summary>A record is one write, so that a reader never sees half of one between two others.</summary>
    private void Write(MessageBytes message)
    {
        var record = EventRecord.Frame(message.Written);
        lock (gate)
            file.Write(record);
    }
}
