using System.Text.RegularExpressions;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Checks;

/// <summary>The sizes that may vary: what the options name, with the values that the recordings had.</summary>
internal static partial class DynamicSizes
{
    /// <summary>How many sizes may vary. Each one more doubles the recordings that a full fit takes.</summary>
    public const int MaxSymbols = 6;

    /// <summary>Finds them, and tells what does not fit together.</summary>
    public static SizeFit Read(RecordingSet set, IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> axes, RefusalList refusals)
    {
        Dictionary<string, List<long>> values = new(StringComparer.Ordinal);
        var inputs = set.First.Inputs.Where(input => input.Role == RecordedRole.Input).ToList();
        foreach (var unknown in axes.Keys.Where(name => inputs.All(input => input.Name != name)))
            Refuse($"the dynamic axes name the input '{unknown}', and the network has {string.Join(", ", inputs.Select(input => $"'{input.Name}'"))}", "Name an argument of forward.");
        for (var i = 0; i < set.First.Inputs.Count; i++)
            if (set.First.Inputs[i].Role == RecordedRole.Input)
                Input(i, axes.GetValueOrDefault(set.First.Inputs[i].Name) ?? new Dictionary<int, string>());
        if (values.Count > MaxSymbols)
            Refuse($"there are {values.Count} dynamic sizes; the limit is {MaxSymbols}", "Fix some of the axes, or give axes that are always equal one name.");
        var fit = new SizeFit([.. values.Take(MaxSymbols).Select((pair, i) => new SizeAtom(pair.Key, i, pair.Value))], set.All.Count);
        foreach (var symbol in fit.Unseen)
            Refuse($"the size '{symbol}' was {string.Join(", ", symbol.Values)} in the recordings and did not vary by itself", "Record the network at two values of each dynamic size at least, each varied alone.");
        return fit;

        void Input(int index, IReadOnlyDictionary<int, string> named)
        {
            var name = set.First.Inputs[index].Name;
            var rank = set.First.Inputs[index].Type.Shape.Count;
            foreach (var (axis, symbol) in named.Where(pair => pair.Key < 0 || pair.Key >= rank || !Name().IsMatch(pair.Value)))
                Refuse($"the dynamic axis {axis} of '{name}' is named '{symbol}', and the input has {rank} dimensions", "Count axes from 0, and name them with letters, digits and underscores.");
            for (var axis = 0; axis < rank; axis++)
            {
                List<long> sizes = [.. set.All.Select(each => each.Inputs[index].Type.Shape[axis])];
                if (!named.TryGetValue(axis, out var symbol))
                {
                    if (sizes.Any(size => size != sizes[0]))
                        Refuse($"axis {axis} of '{name}' was {string.Join(", ", sizes)} in the recordings and is no dynamic axis", "Name it among the dynamic axes, or record at one size.");
                }
                else if (!values.TryAdd(symbol, sizes) && !values[symbol].SequenceEqual(sizes))
                    Refuse($"axis {axis} of '{name}' was {string.Join(", ", sizes)} in the recordings, another axis '{symbol}' was {string.Join(", ", values[symbol])}", "Give axes one name only if they always have one size.");
            }
        }

        void Refuse(string what, string cure) => refusals.Add(new("", "", what, cure));
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
