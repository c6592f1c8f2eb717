using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Checks;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Lowering.Values;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Walks;

/// <summary>Lowers the operators of a recording one by one, and keeps what became of each value.</summary>
/// <param name="set">The recordings.</param>
/// <param name="state">What all operators share.</param>
/// <param name="rules">The rule of an operator; null when there is none.</param>
/// <param name="refused">The constants that are refused already.</param>
/// <param name="refusals">Takes what is refused.</param>
internal sealed class NodeWalk(RecordingSet set, LoweringState state, Func<string, LoweringRule?> rules, IReadOnlySet<int> refused, RefusalList refusals)
{
    private readonly Dictionary<int, LoweredValue> values = [];
    private readonly Reads reads = new(set.First, node => InPlace.Writes(node.Operator));
    private readonly ResultTypes types = new(state);

    /// <summary>Says what a value is before the first operator.</summary>
    public void Begin(int id, TensorMemory memory, LoweredType type) => Keep(id, new TensorValue(memory, types.Settle(memory.Current, type)));

    /// <summary>What became of a value.</summary>
    public LoweredValue Find(int id) => values[id];

    public void Run()
    {
        for (var i = 0; i < set.First.Nodes.Count; i++)
            if (reads.IsAlive(i))
                Lower(i, set.First.Nodes[i]);
    }

    private void Lower(int index, RecordedNode node)
    {
        try
        {
            if (node.Constant is not null)
            {
                Keep(node.Outputs[0].Id, refused.Contains(node.Outputs[0].Id) ? BrokenValue.Only : ConstantValues.Of(set.ConstantsOf(index), state));
                return;
            }

            var rule = RuleOf(node);
            List<LoweredValue> arguments = [.. node.Inputs.Select(Find)];
            if (arguments.Any(IsBroken))
                Break(node);
            else if (arguments.Select(Missing).FirstOrDefault(missing => missing is not null) is { } missing)
                throw new RefusedException($"it reads a value that cannot be given: {missing.What}", "Leave that value out.");
            else
                Results(index, node, rule, arguments);
        }
        catch (RefusedException reason)
        {
            refusals.Add(set.Named(node), reason.Message, reason.Cure);
            Break(node);
        }
        catch (OverflowException)
        {
            refusals.Add(set.Named(node), "a size does not fit into 64 bits, or has too many parts", "Use smaller sizes.");
            Break(node);
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException or InvalidCastException)
        {
            refusals.Add(set.Named(node), wrong.Message.TrimEnd('.'), "This is a fault of the export, not of the network: report it with the line. Until then write the line with other operators.");
            Break(node);
        }
    }

    private LoweringRule RuleOf(RecordedNode node) =>
        rules(node.Operator) ?? (InPlace.Writes(node.Operator) ? rules(InPlace.WithoutWriting(node.Operator)) : null)
        ?? throw new RefusedException("there is no lowering for this operator", UnknownOperators.CureOf(node.Operator));

    private void Results(int index, RecordedNode node, LoweringRule rule, List<LoweredValue> arguments)
    {
        var outputs = InPlace.Writes(node.Operator) && arguments is [TensorValue target, ..]
            ? [target.Type] // a write changes no shape
            : Enumerable.Range(0, node.Outputs.Count).Select(k => types.Of($"{node.Operator.Split(':')[^1]}_{node.Outputs[k].Id}", set.TypesOf(index, k))).ToList();
        var call = new LoweringCall(state, node, arguments, outputs);
        var results = rule(call);
        var fromInputs = arguments.Any(argument => FromInputs(argument, 0));
        if (InPlace.Writes(node.Operator))
        {
            if (node.Outputs.Count != 1 || results.Count == 0)
                throw new RefusedException($"it writes and has {node.Outputs.Count} outputs", "Use the form of the operator that does not write.");
            Keep(node.Outputs[0].Id, Write(index, call, results[0], fromInputs));
            return;
        }

        for (var k = 0; k < Math.Min(results.Count, node.Outputs.Count); k++)
            Keep(node.Outputs[k].Id, Define(results[k], outputs[k], fromInputs));
        for (var k = results.Count; k < node.Outputs.Count; k++)
            Keep(node.Outputs[k].Id, new MissingValue($"output {k} of {node.Operator} has no match in ONNX"));
    }

    /// <summary>Gives a result its type and its memory.</summary>
    private LoweredValue Define(LoweredValue result, LoweredType? recorded, bool fromInputs)
    {
        if (result is ViewValue view)
        {
            var value = view.Step.Read(view.Source.Read());
            var type = types.Settle(value, recorded);
            return new TensorValue(view.Source, view.Step, value with { Type = type.ToTensorType() }, type);
        }

        if (result is ListValue list)
            list.FromInputs |= fromInputs;
        if (result is not FreshValue fresh)
            return result;
        var settled = types.Settle(fresh.Value, recorded);
        var memory = new TensorMemory(fresh.Value with { Type = settled.ToTensorType() }) { FromInputs = fromInputs };
        if (fresh.MayShare is { } other)
            memory.MayShareWith(other.Memory);
        return new TensorValue(memory, settled);
    }

    private TensorValue Write(int index, LoweringCall call, LoweredValue result, bool fromInputs)
    {
        var target = call.Handle(0);
        if (target.Memory.MaybeSame().Any(memory => memory.LastRead > index))
            throw new RefusedException("it writes into a tensor that may share its memory with another one that is read later (by reshape, contiguous or flatten)", "Call clone() before writing, or use the form of the operator that does not write.");
        var value = result switch
        {
            FreshValue fresh => fresh.Value,
            ViewValue view => view.Step.Read(view.Source.Read()),
            TensorValue tensor => tensor.Read(),
            _ => throw new RefusedException("its result is no tensor", "Use the form of the operator that does not write."),
        };
        value = call.Cast(value, target.Type.Element);
        types.Settle(value, target.Type);
        target.Write(value with { Type = target.Type.ToTensorType() });
        target.Memory.FromInputs |= fromInputs;
        return target;
    }

    private void Keep(int id, LoweredValue value)
    {
        values[id] = value;
        reads.Note(value, id);
    }

    private void Break(RecordedNode node)
    {
        foreach (var output in node.Outputs)
            values[output.Id] = BrokenValue.Only;
    }

    private static MissingValue? Missing(LoweredValue value) => value as MissingValue;

    private static bool IsBroken(LoweredValue value) => value is BrokenValue || (value is ListValue list && list.Items.Any(item => item is BrokenValue));

    private static bool FromInputs(LoweredValue value, int depth) => value switch
    {
        TensorValue tensor => tensor.Memory.FromInputs,
        ViewValue view => view.Source.Memory.FromInputs,
        ListValue list => list.FromInputs || (depth < 16 && list.Items.Any(item => FromInputs(item, depth + 1))),
        _ => false,
    };
}
