namespace Serverless.Inference.Protocol;

/// <summary>What encoding a text body is in.</summary>
internal static class BodyText
{
    /// <summary>Takes a UTF-8 byte-order mark off; refuses UTF-16 and UTF-32 by their marks or zero bytes.</summary>
    /// <returns>False when it is not UTF-8; the errors say so.</returns>
    public static bool TryUtf8(ref ReadOnlySpan<byte> text, RequestErrors errors)
    {
        if (text is [0xef, 0xbb, 0xbf, ..])
            text = text[3..];
        if (text is not ([0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [0, ..] or [_, 0, ..]))
            return true;
        errors.Add("body", "The body is UTF-16 or UTF-32.", "Send it as UTF-8.");
        return false;
    }
}
