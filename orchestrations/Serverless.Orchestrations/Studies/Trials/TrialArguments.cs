using System.Text.RegularExpressions;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Values;

namespace Serverless.Orchestrations.Studies.Trials;

/// <summary>
/// A trial's arguments: the job's own, with <c>{name}</c> replaced by the parameter's value, then <c>--name value</c> for every parameter that no argument names, in the order of the space.
/// An argument that names a parameter which is not there is left out; when it is nothing but <c>{name}</c>, the option before it (<c>--lr {lr}</c>) goes too.
/// </summary>
internal static partial class TrialArguments
{
    /// <summary>The arguments.</summary>
    /// <param name="own">The job's.</param>
    /// <param name="space">All parameters.</param>
    /// <param name="values">The values of those that are there.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> own, SpaceSpec space, IReadOnlyDictionary<string, ScalarValue> values)
    {
        var known = space.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<string>();
        foreach (var argument in own)
        {
            var gone = false;
            var filled = Place().Replace(argument, match =>
            {
                var name = match.Groups[1].Value;
                if (!known.Contains(name))
                    return match.Value;
                named.Add(name);
                gone |= !values.ContainsKey(name);
                return values.TryGetValue(name, out var value) ? value.ToString() : "";
            });
            if (!gone)
                all.Add(filled);
            else if (IsPlace(argument) && all.Count > 0 && all[^1].StartsWith('-') && !all[^1].Contains('='))
                all.RemoveAt(all.Count - 1);
        }

        foreach (var parameter in space.Parameters.Where(parameter => !named.Contains(parameter.Name) && values.ContainsKey(parameter.Name)))
            all.AddRange([$"--{parameter.Name}", values[parameter.Name].ToString()]);
        return all;
    }

    private static bool IsPlace(string argument) => Place().Match(argument) is { Success: true } match && match.Length == argument.Length;

    [GeneratedRegex(@"\{([^{}]{1,128})\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
