using System.Text;

namespace Serverless.Agent.Output;

/// <summary>
/// Blots out the secrets that a program was given where it prints them: in the log, its last lines and what metrics are read from. It finds the value itself, and each longer line of a
/// value of several lines, also where a read cuts it in two; not what the program has made of it (another encoding, a part, spaces between).
/// </summary>
internal sealed class SecretMask
{
    /// <summary>Shorter values are not looked for: they stand everywhere by chance.</summary>
    public const int MinBytes = 4;

    /// <summary>Shorter lines of a value of several lines are not looked for: <c>-----</c>, a closing brace.</summary>
    public const int MinLineBytes = 12;

    private static readonly byte[] Blot = "[secret]"u8.ToArray();
    private readonly byte[][] values;

    /// <summary>Makes a mask.</summary>
    /// <param name="secrets">The values.</param>
    public SecretMask(IEnumerable<string> secrets) => values =
    [
        .. secrets.SelectMany(Parts).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes).OrderByDescending(value => value.Length),
    ];

    /// <summary>A stream of output through the mask.</summary>
    /// <param name="sink">Takes what is left, in order.</param>
    public Masking Open(Sink sink) => new(values, sink);

    /// <summary>Takes bytes that have gone through the mask.</summary>
    public delegate void Sink(ReadOnlySpan<byte> bytes);

    private static IEnumerable<string> Parts(string secret)
    {
        var whole = secret.Trim();
        if (Encoding.UTF8.GetByteCount(whole) >= MinBytes)
            yield return whole;
        if (!whole.Contains('\n', StringComparison.Ordinal))
            yield break;
        foreach (var line in whole.Split('\n').Select(line => line.Trim()))
        {
            if (Encoding.UTF8.GetByteCount(line) >= MinLineBytes)
                yield return line;
        }
    }

    /// <summary>One stream: it holds back, until the next read, an end that could be the beginning of a secret.</summary>
    public sealed class Masking
    {
        private readonly byte[][] values;
        private readonly int[] found;
        private readonly Sink sink;
        private byte[] held = [];

        internal Masking(byte[][] values, Sink sink)
        {
            this.values = values;
            this.sink = sink;
            found = new int[values.Length];
        }

        /// <summary>Takes what was read.</summary>
        public void Accept(ReadOnlySpan<byte> bytes)
        {
            if (values.Length == 0)
            {
                sink(bytes);
                return;
            }

            ReadOnlySpan<byte> text = held.Length == 0 ? bytes : (byte[])[.. held, .. bytes];
            held = Pass(text, last: false).ToArray();
        }

        /// <summary>Nothing more comes.</summary>
        public void End()
        {
            Pass(held, last: true);
            held = [];
        }

        /// <summary>Passes what can be told now: a secret is blotted out only where no longer one, begun before it or with it, could still become whole.</summary>
        /// <returns>What is held back.</returns>
        private ReadOnlySpan<byte> Pass(ReadOnlySpan<byte> text, bool last)
        {
            Array.Fill(found, -1);
            for (var at = 0; ;)
            {
                var open = last ? text.Length : text.Length - Pending(text[at..]);
                var (first, which) = First(text, at);
                if (which < 0 || first >= open)
                {
                    Write(text[at..open]);
                    return text[open..];
                }

                Write(text[at..first]);
                sink(Blot);
                at = first + values[which].Length;
            }
        }

        /// <summary>The first secret from a place on that stands whole in the text, the longest of those that begin there.</summary>
        private (int At, int Which) First(ReadOnlySpan<byte> text, int from)
        {
            var (first, which) = (int.MaxValue, -1);
            for (var i = 0; i < values.Length; i++)
            {
                if (found[i] < from)
                    found[i] = text[from..].IndexOf(values[i]) is var offset and >= 0 ? from + offset : int.MaxValue;
                if (found[i] < first)
                    (first, which) = (found[i], i);
            }

            return (first, which);
        }

        private void Write(ReadOnlySpan<byte> bytes)
        {
            if (!bytes.IsEmpty)
                sink(bytes);
        }

        /// <summary>How many bytes at the end could begin a secret.</summary>
        private int Pending(ReadOnlySpan<byte> text)
        {
            var most = 0;
            foreach (var value in values)
            {
                for (var length = Math.Min(value.Length - 1, text.Length); length > most; length--)
                {
                    if (text[^length..].SequenceEqual(value.AsSpan(0, length)))
                        most = length;
                }
            }

            return most;
        }
    }
}
