using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Checks;
using Serverless.Onnx.Lowering.Pruning;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;
using Serverless.Onnx.Lowering.Walks;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering;

/// <summary>
/// Makes an ONNX model from recordings of a network. Several recordings at different sizes say how the graph depends on them; one more at the sizes of another, with other data, shows what was read
/// from data. What cannot be lowered faithfully is refused, all of it at once; a model that is given back is never a guess. docs/mechanisms/torch-onnx.md says how.
/// </summary>
public static class GraphLowering
{
    /// <summary>Makes the model.</summary>
    /// <param name="recordings">
    /// One recording when all sizes are fixed. With dynamic axes: two that differ in it for one axis, four for two (each size at two values, all combinations), and one more at other sizes that
    /// checks the fit. One with the sizes of another and other data, always, unless the network is known to take nothing from data.
    /// </param>
    /// <param name="options">The dynamic axes, names, version.</param>
    public static LoweringResult Lower(IReadOnlyList<RecordedGraph> recordings, LoweringOptions? options = null)
    {
        options ??= new();
        if (recordings.Count == 0)
            throw new ArgumentException("There is no recording. Give at least one.", nameof(recordings));
        if (options.Opset is < LoweringOptions.OldestOpset or > LoweringOptions.NewestOpset)
            throw new ArgumentException($"The version {options.Opset} of ai.onnx cannot be written. Give one from {LoweringOptions.OldestOpset} to {LoweringOptions.NewestOpset}.", nameof(options));
        var refusals = new RefusalList(options.MaxRefusals);
        var set = new RecordingSet(recordings);
        var comparison = new RecordingComparison(set, refusals);
        if (!comparison.Run())
            return new(null, refusals.All);
        var fit = DynamicSizes.Read(set, options.DynamicAxes, refusals);
        if (fit.Unseen.Count > 0)
            return new(null, refusals.All);
        var model = Write(set, fit, comparison.Refused, options, refusals);
        if (model is not null)
            foreach (var finding in OnnxChecker.Check(model))
                refusals.Add(new("", finding.Place, $"the model that was made is not well formed: {finding.What}", "This is a fault of the export, not of the network: report it."));
        return new(refusals.All.Count == 0 ? model : null, refusals.All);
    }

    private static OnnxModel? Write(RecordingSet set, SizeFit fit, IReadOnlySet<int> refused, LoweringOptions options, RefusalList refusals)
    {
        var graph = new GraphBuilder(options.GraphName, options.Opset);
        var state = new LoweringState(graph, options.Opset, fit, fit.Symbols.Count);
        var walk = new NodeWalk(set, state, OperatorLowerings.Find, refused, refusals);
        List<string> names = [.. set.First.Outputs.Select(output => options.OutputNames.GetValueOrDefault(output.Name, output.Name))];
        if (!Names(set, names, options, refusals))
            return null;
        graph.Reserve([.. names]);
        Inputs(set, state, walk, options);
        walk.Run();
        for (var i = 0; i < names.Count; i++)
            TryOutput(set.First.Outputs[i], names[i], walk, state, refusals);
        if (refusals.All.Count > 0)
            return null;
        var model = graph.ToModel(options.Producer, options.ProducerVersion, options.Metadata);
        return model with { Graph = GraphPruning.Prune(model.Graph) };
    }

    private static bool Names(RecordingSet set, IReadOnlyList<string> outputs, LoweringOptions options, RefusalList refusals)
    {
        var inputs = set.First.Inputs.Where(input => input.Role == RecordedRole.Input).Select(input => options.InputNames.GetValueOrDefault(input.Name, input.Name));
        var twice = inputs.Concat(outputs).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        foreach (var name in twice)
            refusals.Add(new("", "", $"the name '{name}' stands for more than one input or output", "Name them differently in the options."));
        return twice.Count == 0;
    }

    private static void Inputs(RecordingSet set, LoweringState state, NodeWalk walk, LoweringOptions options)
    {
        for (var i = 0; i < set.First.Inputs.Count; i++)
        {
            var input = set.First.Inputs[i];
            var type = new LoweredType(input.Type.Element, [.. input.Type.Shape.Select((_, axis) => state.Fit.Fit([.. set.All.Select(each => each.Inputs[i].Type.Shape[axis])]) ?? SizeExpression.Of(input.Type.Shape[axis]))]);
            if (input.Role == RecordedRole.Input)
                Symbols(state, state.Graph.Input(options.InputNames.GetValueOrDefault(input.Name, input.Name), type.Element, [.. type.ToTensorType().Shape!]), type, walk, input.Id);
            else
                walk.Begin(input.Id, new(state.Graph.Constant(input.Name, input.Data!)) { Data = input.Data, Locked = $"it writes into the {input.Role.ToString().ToLowerInvariant()} '{input.Name}', which the next run would find changed" }, type);
        }
    }

    private static void Symbols(LoweringState state, GraphValue value, LoweredType type, NodeWalk walk, int id)
    {
        for (var axis = 0; axis < type.Rank; axis++)
        {
            var at = axis;
            if (type.Sizes[axis].Terms is [{ Factor: 1, Atoms: [var symbol] }] && state.Fit.Symbols.Contains(symbol))
                state.Sizes.Define(symbol, () => state.Sizes.AxisOf(value, at));
        }

        walk.Begin(id, new(value) { FromInputs = true }, type);
    }

    private static void TryOutput(RecordedOutput output, string name, NodeWalk walk, LoweringState state, RefusalList refusals)
    {
        try
        {
            Output(output, name, walk, state, refusals);
        }
        catch (RefusedException refused)
        {
            refusals.Add(new("", "", $"the output '{output.Name}': {refused.Message}", refused.Cure)); // a view of what was written after it was made
        }
    }

    private static void Output(RecordedOutput output, string name, NodeWalk walk, LoweringState state, RefusalList refusals)
    {
        switch (walk.Find(output.Id))
        {
            case TensorValue { Memory.FromInputs: true } tensor:
                var made = state.Graph.Node("Identity", [tensor.Read()], null, name);
                state.Graph.Output(made, tensor.Type.ToTensorType());
                break;
            case TensorValue or IntValue or FloatValue or BoolValue:
                refusals.Add(new("", "", $"the output '{output.Name}' does not depend on any input: what made it was not recorded", "Compute outputs from inputs, on the thread that calls forward. Return what is constant apart from the model."));
                break;
            case BrokenValue:
                if (refusals.All.Count == 0)
                    throw new InvalidOperationException($"The output '{output.Name}' was lost without a reason.");
                break;
            case MissingValue missing:
                refusals.Add(new("", "", $"the output '{output.Name}' cannot be given: {missing.What}", "Leave that output out."));
                break;
            default:
                refusals.Add(new("", "", $"the output '{output.Name}' is no tensor", "Return tensors from forward."));
                break;
        }
    }
}
