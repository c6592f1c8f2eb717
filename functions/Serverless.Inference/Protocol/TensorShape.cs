using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>Whether the shape that a request gives is one that the model takes.</summary>
internal static class TensorShape
{
    /// <summary>Checks it.</summary>
    /// <returns>Its elements; −1 when it has errors, which are added.</returns>
    public static long Check(TensorPort port, ReadOnlySpan<long> shape, int maxRows, string path, RequestErrors errors)
    {
        var before = errors.Count;
        if (shape.Length != port.Shape.Length)
        {
            errors.Add(path, $"The shape {Text(shape)} has {shape.Length} dimensions; the input '{port.Name}' has {port.Shape.Length}: {Text(port.Shape)}.", "Give a shape with as many dimensions.");
            return -1;
        }

        long elements = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] < 1)
                errors.Add(path, $"The shape {Text(shape)} has the dimension {shape[i]}.", "Give dimensions of 1 or more; an empty batch has nothing to predict.");
            else if (port.Shape[i] >= 0 && shape[i] != port.Shape[i])
                errors.Add(path, $"The shape {Text(shape)} does not fit the input '{port.Name}': {Text(port.Shape)} (-1 takes any length).", $"Give {port.Shape[i]} in the place {i}.");
            else if (i == 0 && port.Shape[i] < 0 && shape[i] > maxRows)
                errors.Add(path, $"The shape {Text(shape)} has {shape[i]} rows; the limit is {maxRows}.", "Send the rows in several calls.");
            else if (elements > int.MaxValue / shape[i])
                errors.Add(path, $"The shape {Text(shape)} has more than {int.MaxValue} elements.", "Send fewer elements in one call.");
            else
                elements *= shape[i];
        }

        return errors.Count == before ? elements : -1;
    }

    /// <summary>Open dimensions of one name must have one length in all inputs: else the model would quietly repeat rows, or fail in words of its own.</summary>
    public static void CheckSymbols(InferenceCall call, RequestErrors errors)
    {
        for (var i = 0; i < call.Inputs.Length; i++)
        {
            var port = call.Session.Inputs[i];
            for (var d = 0; d < port.Symbols.Length; d++)
            {
                if (port.Symbols[d] is not { } symbol)
                    continue;
                var (other, length) = Find(call, symbol);
                if (length == call.Inputs[i].Shape[d])
                    continue;
                errors.Add(
                    $"inputs[{port.Name}].shape",
                    $"The input '{port.Name}' has {call.Inputs[i].Shape[d]} in its dimension '{symbol}', the input '{other}' has {length}.",
                    "Give all inputs the same number of rows.");
            }
        }
    }

    private static (string Port, long Length) Find(InferenceCall call, string symbol)
    {
        for (var i = 0; i < call.Inputs.Length; i++)
        {
            var at = Array.IndexOf(call.Session.Inputs[i].Symbols, symbol);
            if (at >= 0)
                return (call.Session.Inputs[i].Name, call.Inputs[i].Shape[at]);
        }

        return ("", 0);
    }

    private static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape[..Math.Min(shape.Length, 16)].ToArray())}]";
}
