using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Documents;

/// <summary>The bounds that every document store keeps, so that what one takes the others take too.</summary>
public static class DocumentRules
{
    /// <summary>Most bytes of a document in UTF-8.</summary>
    public const int MaxJsonBytes = 1024 * 1024;

    /// <summary>Most characters of an id.</summary>
    public const int MaxIdLength = 512;

    /// <summary>Most characters of a name.</summary>
    public const int MaxNameLength = 512;

    /// <summary>Most values in a summary.</summary>
    public const int MaxSummaryValues = 8;

    /// <summary>Most characters of one key or value in a summary.</summary>
    public const int MaxSummaryLength = 256;

    /// <summary>Most documents in a page.</summary>
    public const int MaxPage = 1_000;

    /// <summary>Up to how many documents are counted: what a row store reads for it in a second.</summary>
    public const int MaxCount = 10_000;

    /// <summary>Checks a key.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void Check(DocumentKey key)
    {
        CheckKind(key.Kind);
        if (string.IsNullOrEmpty(key.Id) || key.Id.Length > MaxIdLength || key.Id.Contains('\0'))
            throw Fail.Invalid("id", $"The id {Shown.Quote(key.Id ?? "")} is empty, longer than {MaxIdLength} characters, or has a NUL.", "Give another id.");
    }

    /// <summary>Checks what is to be written.</summary>
    /// <exception cref="ServerlessException"><c>too_large</c> or <c>invalid_input</c>.</exception>
    public static void Check(DocumentKey key, DocumentBody body)
    {
        Check(key);
        var bytes = Encoding.UTF8.GetByteCount(body.Json);
        if (bytes > MaxJsonBytes)
        {
            throw new ServerlessException(ProblemCodes.TooLarge,
                $"The {key.Kind} {Shown.Quote(key.Id)} has {bytes} bytes; the limit is {MaxJsonBytes}.", "Keep large content in an artifact and refer to it.");
        }

        if (body.Name.Length > MaxNameLength)
            throw Fail.Invalid("name", $"The name {Shown.Quote(body.Name)} has {body.Name.Length} characters; the limit is {MaxNameLength}.", "Shorten it.");
        if (body.Summary.Count > MaxSummaryValues)
            throw Fail.Invalid("summary", $"The summary has {body.Summary.Count} values; the limit is {MaxSummaryValues}.", "Leave out what no query filters by.");
        foreach (var (name, value) in body.Summary)
        {
            if (name.Length > MaxSummaryLength || value.Length > MaxSummaryLength)
                throw Fail.Invalid($"summary.{Shown.Quote(name)}", $"The summary's {Shown.Quote(name)} is longer than {MaxSummaryLength} characters.", "Shorten it.");
        }
    }

    /// <summary>Checks a query.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void Check(DocumentQuery query)
    {
        CheckKind(query.Kind);
        if (query.Limit is < 1 or > MaxPage)
            throw Fail.Invalid("limit", $"The limit {query.Limit} is not between 1 and {MaxPage}.", $"Give a number from 1 to {MaxPage}.");
    }

    /// <summary>Checks what is to be counted.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void CheckCount(string kind, IReadOnlyDictionary<string, string> where, int most)
    {
        CheckKind(kind);
        if (where.Count == 0)
            throw Fail.Invalid("where", $"Nothing says which documents of the kind {Shown.Quote(kind)} are counted.", "Give at least one value.");
        if (most is < 1 or > MaxCount)
            throw Fail.Invalid("most", $"The bound {most} of a count is not between 1 and {MaxCount}.", $"Give a number from 1 to {MaxCount}.");
    }

    /// <summary>The failure of an <see cref="DocumentQuery.After"/> that no page has given.</summary>
    public static ServerlessException BadAfter(string after) =>
        Fail.Invalid("after", $"{Shown.Quote(after)} is not where a page ended.", "Give the 'next' of the last page, or leave it out to begin with the newest.");

    private static void CheckKind(string kind)
    {
        if (string.IsNullOrEmpty(kind) || kind.Length > 64 || !kind.All(c => char.IsAsciiLetterLower(c) || c == '-'))
            throw Fail.Invalid("kind", $"The kind {Shown.Quote(kind ?? "")} is not 1 to 64 lower-case letters and dashes.", "Give a kind such as 'job'.");
    }
}
