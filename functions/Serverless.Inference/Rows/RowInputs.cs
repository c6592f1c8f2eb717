using Serverless.Inference.Protocol;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>
/// The columns that a model takes: its inputs by name, each with one value a row (or, for an input of more dimensions, an array a row). A column that a row does
/// not have is an error, as is one that the model does not know: a mistyped name must not pass for a missing value, for which there is null.
/// </summary>
/// <param name="call">Whose buffers are filled.</param>
internal sealed class RowInputs(InferenceCall call)
{
    /// <summary>How many columns there are.</summary>
    public int Count => call.Inputs.Length;

    /// <summary>A column's name and type.</summary>
    public TensorPort Port(int column) => call.Session.Inputs[column];

    /// <summary>Where a column's values go.</summary>
    public TensorBuffer Buffer(int column) => call.Inputs[column];

    /// <summary>The column of a name; −1 when there is none.</summary>
    public int Find(string name) => call.Session.FindInput(name);

    /// <summary>Checks that rows can stand for the model's inputs at all.</summary>
    public bool CanTakeRows(RequestErrors errors)
    {
        var before = errors.Count;
        for (var i = 0; i < Count; i++)
        {
            var port = Port(i);
            if (port.Shape.Length == 0 || port.Shape[0] >= 0 || port.RowElements is < 1 or > 1 << 20)
                errors.Add($"inputs[{port.Name}]", $"The model's input '{port.Name}' has the shape [{string.Join(", ", port.Shape)}], which is not an open number of rows and a fixed length.", "Call POST /v2/models/{name}/infer instead.");
        }

        return errors.Count == before;
    }

    /// <summary>Sets the inputs' shapes for a number of rows, and asks for all outputs.</summary>
    public void Complete(int rows)
    {
        Span<long> shape = stackalloc long[32];
        for (var i = 0; i < Count; i++)
        {
            var port = Port(i);
            port.Shape.CopyTo(shape);
            shape[0] = rows;
            Buffer(i).SetShape(shape[..port.Shape.Length]);
        }

        Array.Fill(call.Given, true);
        Array.Fill(call.Wanted, true);
    }
}
