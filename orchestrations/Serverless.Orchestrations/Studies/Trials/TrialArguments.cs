using System.Globalization;
using System.Text.RegularExpressions;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Values;

namespace Serverless.Orchestrations.Studies.Trials;

/// <summary>
/// A trial's arguments: the job's own, with <c>{name}</c> replaced by the parameter's value, then <c>--name value</c> for every parameter that no argument names, in the order of the space.
/// <c>{turn}</c> is the turn of population-based training, <c>{turn*5}</c> five times that (the epochs to have trained after it); parameters of such names come first.
/// An argument that names a parameter which is not there is left out; when it is nothing but <c>{name}</c>, the option before it (<c>--lr {lr}</c>) goes too.
/// </summary>
internal static partial class TrialArguments
{
    private const string TurnName = "turn";

    /// <summary>The arguments.</summary>
    /// <param name="own">The job's.</param>
    /// <param name="space">All parameters.</param>
    /// <param name="values">The values of those that are there.</param>
    /// <param name="turn">Which turn the trial is; 1 but for population-based training.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> own, SpaceSpec space, IReadOnlyDictionary<string, ScalarValue> values, int turn = 1)
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
                    return Turn(name, turn) ?? match.Value;
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

    /// <summary><c>turn</c>, or <c>turn*N</c> with a whole N; null: something else.</summary>
    private static string? Turn(string name, int turn) =>
        name == TurnName ? turn.ToString(CultureInfo.InvariantCulture)
        : name.StartsWith(TurnName + "*", StringComparison.Ordinal) && int.TryParse(name.AsSpan(TurnName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? ((long)turn * times).ToString(CultureInfo.InvariantCulture)
        : null;

    private static bool IsPlace(string argument) => Place().Match(argument) is { Success: true } match && match.Length == argument.Length;

    [GeneratedRegex(@"\{([^{}]{1,128})\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
