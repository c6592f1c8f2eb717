using System.Text;

namespace Serverless.Api.Routing;

/// <summary>
/// Splits the path as it stands in the request line, before anybody decoded it. There is one way to write each path: whatever a proxy, a server
/// or a disk might read as another path is refused here, so that no other spelling of a protected path is matched by a weaker rule.
/// </summary>
internal static class RequestPath
{
    /// <summary>Longest path in characters: the longest template with the longest path below it, each character escaped.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The decoded segments, or why the path is refused.</summary>
    /// <param name="raw">The path as sent, without the query.</param>
    public static (IReadOnlyList<string> Segments, string? Refused) Split(string raw)
    {
        if (raw.Length == 0 || raw[0] != '/')
            return ([], "The request's target is not a path.");
        if (raw.Length > MaxLength)
            return ([], $"The path has {raw.Length} characters; the limit is {MaxLength}.");
        if (raw == "/")
            return ([], null);
        var segments = raw[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (Decode(segments[i]) is not { } decoded)
                return ([], "The path has an escape that is not valid, or one for a slash, a backslash, a dot, a percent sign or a control character.");
            if (decoded.Length == 0 && i < segments.Length - 1)
                return ([], "The path has a doubled slash.");
            if (decoded is "." or ".." || decoded.AsSpan().IndexOfAny(';', '\\') >= 0)
                return ([], "The path has a segment '.' or '..', a semicolon or a backslash.");
            segments[i] = decoded;
        }

        return (segments, null);
    }

    /// <summary>The path of a request line's target: everything before the question mark.</summary>
    public static string Of(string target) => target.IndexOf('?') is var mark and >= 0 ? target[..mark] : target;

    private static string? Decode(string segment)
    {
        if (segment.All(c => c is > ' ' and < '\u007f' and not '%'))
            return segment;
        var bytes = new byte[segment.Length];
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] is <= ' ' or >= '\u007f')
                return null;
            var value = (byte)segment[i];
            if (segment[i] == '%')
            {
                if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
                    return null;
                value = Convert.FromHexString(segment.AsSpan(i + 1, 2))[0];
                if (value is < 0x20 or 0x7f or (byte)'/' or (byte)'\\' or (byte)'.' or (byte)'%')
                    return null;
                i += 2;
            }

            bytes[length++] = value;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
