using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>Runs a model once on a row of missing values, to see that it answers at all.</summary>
internal static class EmptyRow
{
    private const int MostElements = 1 << 24;

    /// <summary>Runs it.</summary>
    /// <returns>Null when it answered, else why not.</returns>
    public static RunFailure? Run(OnnxSession session, TimeProvider time, TimeSpan limit, CancellationToken cancel)
    {
        using var call = session.Rent(time);
        for (var i = 0; i < call.Inputs.Length; i++)
        {
            if (!Fill(session.Inputs[i], call.Inputs[i]))
                return new RunFailure($"The input '{session.Inputs[i].Name}' has more than {MostElements} elements a row.", false);
        }

        Array.Fill(call.Wanted, true);
        try
        {
            call.Run(limit, cancel);
            return null;
        }
        catch (OnnxException failure)
        {
            return call.Stopped
                ? new RunFailure($"The model did not answer an empty row within {limit.TotalSeconds:0.#} s.", true)
                : new RunFailure($"The model fails on an empty row: {failure.Message}", false);
        }
    }

    private static bool Fill(TensorPort port, TensorBuffer buffer)
    {
        Span<long> shape = stackalloc long[port.Shape.Length];
        long elements = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = port.Shape[i] < 0 ? 1 : port.Shape[i];
            if (shape[i] > MostElements || (elements *= shape[i]) > MostElements)
                return false;
        }

        buffer.SetShape(shape);
        for (var i = 0; i < elements; i++)
            MissingValue.Add(buffer, port.Type);
        return true;
    }
}
