using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Walks;

/// <summary>The types of results over all runs, fitted from the recorded ones, and their comparison with what the lowering makes.</summary>
internal sealed class ResultTypes(LoweringState state)
{
    private readonly Dictionary<string, SizeExpression> known = new(StringComparer.Ordinal);
    private readonly Dictionary<SizeAtom, GraphValue> owners = [];

    /// <summary>The type that a result had; null when a recording does not say it.</summary>
    public LoweredType? Of(string name, IReadOnlyList<RecordedType> recorded)
    {
        if (recorded.Any(type => type.Kind != RecordedKind.Tensor))
            return null;
        return new(recorded[0].Element, [.. Enumerable.Range(0, recorded[0].Shape.Count).Select(axis => Size(name, axis, [.. recorded.Select(type => type.Shape[axis])]))]);
    }

    /// <summary>The type of a value that was made: the recorded one, after it is held against what the graph says.</summary>
    /// <exception cref="RefusedException">They contradict each other.</exception>
    public LoweredType Settle(GraphValue value, LoweredType? recorded)
    {
        if (recorded is null)
            return Inferred(value);
        if (value.Type is not { } made)
            return Own(value, recorded);
        if (made.Element != recorded.Element || (made.Rank is { } rank && rank != recorded.Rank))
            throw Apart(made, recorded);
        if (made.Shape is { } shape)
        {
            if (recorded.Sizes.Zip(shape).Any(pair => pair.Second.Size is { } size && pair.First.Constant != size))
                throw Apart(made, recorded);
            recorded = recorded with { Sizes = [.. recorded.Sizes.Select((size, i) => Same(size, shape[i]))] };
        }

        return Own(value, recorded);
    }

    private SizeExpression Size(string name, int axis, IReadOnlyList<long> values)
    {
        if (state.Fit.Fit(values) is { } fitted)
            return fitted;
        SizeAtom? atom = null;
        var made = state.Atom($"{name}_{axis}", values, () => state.Sizes.AxisOf(
            owners.GetValueOrDefault(atom!) ?? throw new RefusedException($"the size of its axis {axis} was {string.Join(", ", values)} in the recordings, which no sum and product of the dynamic sizes gives", "Fix the sizes that it depends on."), axis));
        atom = made.Terms[0].Atoms[0];
        return made;
    }

    /// <summary>A size that no polynomial gives is the one of the input that the graph followed to here, when it has the same values.</summary>
    private SizeExpression Same(SizeExpression size, Dimension followed) =>
        IsOpaque(size) && followed.Symbol is { } symbol && known.TryGetValue(symbol, out var before) && Enumerable.Range(0, state.Fit.Recordings).All(i => before.At(i) == size.At(i)) ? before : size;

    private bool IsOpaque(SizeExpression size) => size.Terms is [{ Factor: 1, Atoms: [var atom] }] && !state.Fit.Symbols.Contains(atom);

    private LoweredType Own(GraphValue value, LoweredType type)
    {
        foreach (var size in type.Sizes.Where(size => size.IsDynamic))
        {
            known.TryAdd(size.ToString(), size);
            if (IsOpaque(size))
                owners.TryAdd(size.Terms[0].Atoms[0], value);
        }

        return type;
    }

    private LoweredType Inferred(GraphValue value)
    {
        if (value.Type?.Shape is not { } shape)
            throw new RefusedException("neither the recording nor the graph says the type of its result", "Record with a bridge that says the shapes of tensors.");
        return new(value.Type.Element, [.. shape.Select((size, axis) => size.Size is { } number ? SizeExpression.Of(number)
            : size.Symbol is { } symbol && known.TryGetValue(symbol, out var found) ? found
            : throw new RefusedException($"neither the recording nor the graph says the size of axis {axis} of its result", "Record with a bridge that says the shapes of tensors."))]);
    }

    private static RefusedException Apart(TensorType made, LoweredType recorded) =>
        new($"libtorch gave {recorded}, and the operators written for it give {made}", "This is a fault of the export, not of the network: report it with the line. Until then write the line with other operators.");
}
