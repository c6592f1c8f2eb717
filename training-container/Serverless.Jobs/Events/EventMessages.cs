namespace Serverless.Jobs.Events;

/// <summary>
/// The messages of event files, by the field numbers that TensorFlow publishes: <c>Event</c> (event.proto), <c>Summary</c> and <c>HistogramProto</c> (summary.proto, histogram.proto),
/// <c>TensorProto</c> (tensor.proto).
/// </summary>
internal static class EventMessages
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5;
    private const int SummaryValue = 1;
    private const int Tag = 1, SimpleValue = 2, Histogram = 5, Tensor = 8, Metadata = 9;
    private const int StringType = 7;

    /// <summary>The first event of every file.</summary>
    public static MessageBytes Version(double seconds) => new MessageBytes().Double(WallTime, seconds).Text(FileVersion, "brain.Event:2");

    public static MessageBytes OfScalar(double seconds, long step, string tag, double value) =>
        Of(seconds, step, new MessageBytes().Text(Tag, tag).Float(SimpleValue, (float)value));

    public static MessageBytes OfHistogram(double seconds, long step, string tag, HistogramBins bins) =>
        Of(seconds, step, new MessageBytes().Text(Tag, tag).Message(Histogram, new MessageBytes()
            .Double(1, bins.Low).Double(2, bins.High).Double(3, bins.Count).Double(4, bins.Sum).Double(5, bins.Squares).Doubles(6, bins.Limits).Doubles(7, bins.Counts)));

    /// <summary>A text is a tensor of one string, shown by the plug-in "text".</summary>
    public static MessageBytes OfText(double seconds, long step, string tag, string text)
    {
        var shape = new MessageBytes().Message(2, new MessageBytes().Number(1, 1));
        var tensor = new MessageBytes().Number(1, StringType).Message(2, shape).Text(8, text);
        var metadata = new MessageBytes().Message(1, new MessageBytes().Text(1, "text"));
        return Of(seconds, step, new MessageBytes().Text(Tag, tag).Message(Tensor, tensor).Message(Metadata, metadata));
    }

    private static MessageBytes Of(double seconds, long step, MessageBytes value) =>
        new MessageBytes().Double(WallTime, seconds).Number(Step, step).Message(Summary, new MessageBytes().Message(SummaryValue, value));
}
