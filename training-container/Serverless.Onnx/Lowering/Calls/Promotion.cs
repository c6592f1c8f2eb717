using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Lowering.Calls;

/// <summary>The types that libtorch computes in (c10/core/ScalarType.cpp, <c>promoteTypes</c>, and ATen/native/TypeProperties.cpp, <c>result_type</c>).</summary>
internal static class Promotion
{
    /// <summary>The common type of arguments: tensors count more than tensors without dimensions, those more than numbers, unless the kind (truth, integer, real) is a higher one.</summary>
    public static ElementType Common(LoweringCall call, params ReadOnlySpan<int> arguments)
    {
        ElementType? tensors = null, points = null, numbers = null;
        foreach (var argument in arguments)
        {
            var element = call.Element(argument);
            if (call.IsNumber(argument))
                numbers = Join(numbers, element);
            else if (call.Rank(argument) == 0)
                points = Join(points, element);
            else
                tensors = Join(tensors, element);
        }

        return Higher(tensors, Higher(points, numbers)) ?? ElementType.Float;
    }

    /// <summary>The smallest type that holds both.</summary>
    public static ElementType Of(ElementType left, ElementType right)
    {
        if (left == right || right == ElementType.Bool)
            return left;
        if (left == ElementType.Bool)
            return right;
        if (ElementTypes.IsFloat(left) != ElementTypes.IsFloat(right))
            return ElementTypes.IsFloat(left) ? left : right;
        if (ElementTypes.IsFloat(left))
            return ElementTypes.BitsOf(left) == ElementTypes.BitsOf(right) ? ElementType.Float : ElementTypes.BitsOf(left) > ElementTypes.BitsOf(right) ? left : right;
        return ElementTypes.BitsOf(left) == ElementTypes.BitsOf(right) ? ElementType.Int16 : ElementTypes.BitsOf(left) > ElementTypes.BitsOf(right) ? left : right;
    }

    /// <summary>The type that ONNX Runtime computes in for a type: it has no arithmetic of truth values and small integers. Casting back cuts off, as libtorch does.</summary>
    public static ElementType Working(ElementType element) => element is ElementType.Bool or ElementType.Int8 or ElementType.UInt8 or ElementType.Int16 ? ElementType.Int32 : element;

    private static ElementType? Join(ElementType? sum, ElementType next) => sum is { } before ? Of(before, next) : next;

    private static ElementType? Higher(ElementType? strong, ElementType? weak) =>
        strong is not { } a ? weak : weak is not { } b ? strong : Category(b) > Category(a) ? Of(a, b) : a;

    private static int Category(ElementType element) => element == ElementType.Bool ? 0 : ElementTypes.IsFloat(element) ? 2 : 1;
}
