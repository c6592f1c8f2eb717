using System.Globalization;

namespace Serverless.Core.Documents.Rows;

/// <summary>
/// A document's place in the order of its kind: <c>{the time left until the end of time}-{8 digits of its id's hash}</c>, so that keys that begin with it sort newest first.
/// It is the token of pages too: what is made or deleted meanwhile does not shift them.
/// </summary>
public static class NewestFirst
{
    private const int Length = 19 + 1 + 8;

    /// <summary>The place of a document.</summary>
    /// <param name="createdTicks">When it was made, in ticks of UTC, from 0.</param>
    /// <param name="id">Its id, which parts documents of the same tick.</param>
    public static string Place(long createdTicks, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - createdTicks:D19}-{RowRules.Hash(id)[..8]}");

    /// <summary>When the document of a place was made, in ticks of UTC.</summary>
    public static long CreatedTicks(string place) => long.MaxValue - long.Parse(place.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Whether a text is a place, such as a page gives for its end.</summary>
    public static bool IsPlace(string text) =>
        text.Length == Length && text[19] == '-'
        && long.TryParse(text.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && text.AsSpan(20).IndexOfAnyExcept("0123456789abcdef") < 0;
}
