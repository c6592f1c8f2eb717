using System.Text;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Experiments;

/// <summary>Whether something can be said of an experiment.</summary>
public static class ExperimentRules
{
    /// <summary>Most characters of a description or a note.</summary>
    public const int MaxText = 4_000;

    /// <summary>Most tags: so many stay within the document, with their values.</summary>
    public const int MaxTags = 50;

    /// <summary>Most characters of a tag's value.</summary>
    public const int MaxTagValue = 200;

    /// <summary>Everything that is wrong with a change, at once.</summary>
    public static IReadOnlyList<FieldError> Check(ExperimentChange change)
    {
        var errors = new List<FieldError>();
        if (change.Description is { } description)
            errors.AddRange(CheckText(description, "description"));
        if (change.Description is null && change.Tags.Count == 0)
            errors.Add(new FieldError("", "Nothing is to be changed.", "Give a description or tags."));
        if (change.Tags.Count > MaxTags)
            errors.Add(TooMany(change.Tags.Count));
        foreach (var (name, value) in change.Tags.Take(MaxTags))
        {
            errors.AddRange(NameRules.Check(name, "tags", "tag"));
            if (value is null || value.Length > MaxTagValue || (value.Length > 0 && PathRules.HasForbiddenCharacter(value)))
                errors.Add(new FieldError("tags", $"The value of the tag {Shown.Quote(name)} is longer than {MaxTagValue} characters, or has an invisible character.", $"Give at most {MaxTagValue} visible characters, or none to remove the tag."));
        }

        return errors;
    }

    /// <summary>Everything that is wrong with a note, at once.</summary>
    public static IReadOnlyList<FieldError> Check(ExperimentNoteRequest note) =>
        string.IsNullOrWhiteSpace(note.Text) ? [new FieldError("text", "The note is empty.", $"Write 1 to {MaxText} characters.")] : [.. CheckText(note.Text, "text")];

    /// <summary>What is wrong with an experiment that a change leads to: it has too many tags.</summary>
    public static IReadOnlyList<FieldError> Check(ExperimentRecord experiment) => experiment.Tags.Count > MaxTags ? [TooMany(experiment.Tags.Count)] : [];

    private static FieldError TooMany(int count) => new("tags", $"There are {count} tags; the limit is {MaxTags}.", "Give fewer, or remove some by an empty value.");

    /// <summary>Line breaks and tabs pass; every other control or direction-changing character does not.</summary>
    private static IEnumerable<FieldError> CheckText(string text, string path)
    {
        if (text.Length > MaxText)
            yield return new FieldError(path, $"The text has {text.Length} characters; the limit is {MaxText}.", "Shorten it; a longer one belongs in a file of a job.");
        var plain = new StringBuilder(text).Replace("\r", "").Replace("\n", "").Replace("\t", "").ToString();
        if (PathRules.HasForbiddenCharacter(plain))
            yield return new FieldError(path, $"The text {Shown.Quote(text)} has a control, invisible or direction-changing character, or a lone surrogate.", "Write it with visible characters and line breaks only.");
    }
}
