using System.Globalization;
using Microsoft.AspNetCore.Http;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Requests;

/// <summary>Reads query parameters strictly and tells all errors at once: read what you need, then call <see cref="Done"/>.</summary>
/// <param name="query">The query.</param>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly List<FieldError> errors = [];

    /// <summary>Most rows of a page.</summary>
    public int Limit() => (int)Whole(ApiNames.Limit, ApiNames.DefaultLimit, 1, ApiNames.MaxLimit);

    /// <summary>How long the call may wait.</summary>
    public TimeSpan Wait()
    {
        if (Text(ApiNames.WaitSeconds) is not { } text)
            return TimeSpan.Zero;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= ApiNames.MaxWaitSeconds)
            return TimeSpan.FromSeconds(seconds);
        Add(ApiNames.WaitSeconds, text, $"a number from 0 to {ApiNames.MaxWaitSeconds}");
        return TimeSpan.Zero;
    }

    /// <summary>A whole number.</summary>
    public long Whole(string name, long otherwise, long min, long max)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Add(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));
        return otherwise;
    }

    /// <summary>One of the words of an enumeration, without regard to case.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        if (text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var value))
            return value;
        Add(name, text, "one of " + string.Join(", ", Enum.GetNames<T>().Select(word => char.ToLowerInvariant(word[0]) + word[1..])));
        return null;
    }

    /// <summary>A truth value; false when it is not there.</summary>
    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
            return false;
        if (text is not ("true" or "false"))
            Add(name, text, "true or false");
        return text == "true";
    }

    /// <summary>A text; null when it is not there.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="maxLength">Most characters.</param>
    public string? Text(string name, int maxLength = 512)
    {
        var values = query[name];
        if (values.Count == 0 || (values.Count == 1 && string.IsNullOrEmpty(values[0])))
            return null;
        if (values.Count == 1 && values[0]!.Length <= maxLength)
            return values[0];
        errors.Add(new FieldError("query." + name, $"'{name}' is given {values.Count} times, or is longer than {maxLength} characters.", "Give it once, and shorter."));
        return null;
    }

    /// <summary>All values of a parameter that may be given several times.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="most">Most values.</param>
    /// <param name="maxLength">Most characters of each.</param>
    public IReadOnlyList<string> All(string name, int most, int maxLength)
    {
        var values = query[name];
        if (values.Count <= most && values.All(value => value is { Length: > 0 } && value.Length <= maxLength))
            return [.. values.Select(value => value!)];
        errors.Add(new FieldError("query." + name, $"'{name}' is given {values.Count} times, or is once empty or longer than {maxLength} characters.", $"Give it at most {most} times, with 1 to {maxLength} characters each."));
        return [];
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string name)
    {
        if (Text(name) is { } text)
            return text;
        errors.Add(new FieldError("query." + name, $"'{name}' is missing.", "Give it in the query."));
        return "";
    }

    /// <summary>Refuses the call when anything was wrong.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public void Done()
    {
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    private void Add(string name, string value, string expected) =>
        errors.Add(new FieldError("query." + name, $"'{name}' is {Shown.Quote(value)}.", $"Give {expected}."));
}
