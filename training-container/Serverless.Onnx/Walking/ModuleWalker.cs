using System.Collections.Frozen;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>
/// Makes a recording of a network out of the settings of its modules, where nothing can record it: the modules of torch.nn and Sequential. The operators are those that libtorch would have recorded, so one
/// lowering serves both ways.
/// </summary>
public static class ModuleWalker
{
    /// <summary>Modules in modules are followed this deep; deeper ones come from no network that people write.</summary>
    private const int MaxDepth = 200;
    private static readonly FrozenDictionary<string, WalkRule> Rules = KnownKinds.All().ToFrozenDictionary(rule => rule.Kind, rule => rule.Rule, StringComparer.Ordinal);

    /// <summary>The kinds that can be walked, in order; containers are not among them.</summary>
    public static IReadOnlyList<string> Kinds => [.. Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Walks a network as it would run on inputs of some sizes.</summary>
    /// <param name="root">The network.</param>
    /// <param name="inputs">Its inputs; each run of <see cref="Lowering.GraphLowering"/> is walked with its own sizes.</param>
    /// <param name="outputNames">The outputs' names, given how many there are.</param>
    /// <param name="refusals">Modules that cannot be read, all that were reached; empty when none.</param>
    /// <returns>The recording; null when something is refused.</returns>
    public static RecordedGraph? Walk(ModuleDescription root, IReadOnlyList<WalkedInput> inputs, Func<int, IReadOnlyList<string>> outputNames, out IReadOnlyList<WalkRefusal> refusals)
    {
        var writer = new RecordingWriter();
        List<WalkRefusal> found = [];
        refusals = found;
        var unread = new List<WalkRefusal>();
        Look(root, root.Name, unread, 0);
        if (unread.Count > 0)
        {
            found.AddRange(unread);
            return null;
        }

        try
        {
            var outputs = Run(root, root.Name, [.. inputs.Select(writer.Input)], writer);
            return writer.ToGraph(outputs, outputNames(outputs.Count));
        }
        catch (StoppedException stopped)
        {
            found.Add(stopped.Refusal);
            return null;
        }
    }

    /// <summary>Finds all modules without a rule before anything is written.</summary>
    private static void Look(ModuleDescription module, string path, List<WalkRefusal> found, int depth)
    {
        if (depth > MaxDepth)
            found.Add(new(path, module.Kind, $"it lies {depth} modules deep; the limit is {MaxDepth}", "Use fewer modules within modules."));
        else if (module.CustomForward)
            found.Add(new(path, module.Kind, "its forward is code of its own, which cannot be read without running it", "Export with the bridge, which records what forward does (docs/torch.md), or build it of Sequential and the modules of torch.nn."));
        else if (module.Kind == "Sequential")
        {
            foreach (var child in module.Children)
                Look(child, Path(path, child), found, depth + 1);
        }
        else if (!Rules.ContainsKey(module.Kind))
            found.Add(new(path, module.Kind, "its settings cannot be read from outside", "Export with the bridge (docs/torch.md)."));
    }

    private static IReadOnlyList<WalkedValue> Run(ModuleDescription module, string path, IReadOnlyList<WalkedValue> inputs, RecordingWriter writer)
    {
        if (module.Kind == "Sequential")
            return module.Children.Aggregate(inputs, (values, child) => Run(child, Path(path, child), values, writer));
        try
        {
            return Rules[module.Kind](new(module, path, inputs, writer));
        }
        catch (WalkException refused)
        {
            throw new StoppedException(new(path, module.Kind, refused.Message, refused.Cure));
        }
    }

    private static string Path(string path, ModuleDescription child) => path.Length == 0 ? child.Name : $"{path}.{child.Name}";

    private sealed class StoppedException(WalkRefusal refusal) : Exception(refusal.What)
    {
        public WalkRefusal Refusal => refusal;
    }
}
