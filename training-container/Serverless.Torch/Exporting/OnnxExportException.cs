namespace Serverless.Torch.Exporting;

/// <summary>A module was not exported, and nothing was written. The message says what, where in the source, and the cure.</summary>
public sealed class OnnxExportException : Exception
{
    /// <summary>Makes one.</summary>
    public OnnxExportException(string message, Exception? inner = null)
        : base(message, inner) => Reasons = [message];

    /// <summary>Makes one of several reasons.</summary>
    /// <param name="what">What was not done.</param>
    /// <param name="reasons">All that stands against it.</param>
    public OnnxExportException(string what, IReadOnlyList<string> reasons)
        : base(what + Environment.NewLine + string.Join(Environment.NewLine, reasons.Select(reason => "- " + reason))) => Reasons = reasons;

    /// <summary>All that stands against it, one by one.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
