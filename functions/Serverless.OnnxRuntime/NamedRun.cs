using System.Globalization;
using System.Text;

namespace Serverless.OnnxRuntime;

/// <summary>Runs a session on tensors by name and copies what it gives: for checks and tools, where a copy does not matter. Serving uses <see cref="InferenceCall"/>.</summary>
public static class NamedRun
{
    /// <summary>Runs a session on all of its inputs.</summary>
    /// <param name="session">The session.</param>
    /// <param name="inputs">One tensor an input, in any order.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Every output, in the model's order.</returns>
    /// <exception cref="ArgumentException">Inputs are missing, unknown, or of another type or size than they say; all are named.</exception>
    /// <exception cref="OnnxException">The model failed, or was stopped.</exception>
    public static IReadOnlyList<NamedTensor> Run(this OnnxSession session, IReadOnlyList<NamedTensor> inputs, TimeSpan limit, CancellationToken cancel = default)
    {
        var errors = Errors(session, inputs).ToList();
        if (errors.Count > 0)
            throw new ArgumentException(string.Join('\n', errors), nameof(inputs));
        using var call = session.Rent(TimeProvider.System);
        foreach (var input in inputs)
            Give(call, session.FindInput(input.Name), input);
        Array.Fill(call.Wanted, true);
        call.Run(limit, cancel);
        return [.. call.Outputs.Select(Copy)];
    }

    private static IEnumerable<string> Errors(OnnxSession session, IReadOnlyList<NamedTensor> inputs)
    {
        foreach (var port in session.Inputs.Where(port => inputs.Count(input => input.Name == port.Name) != 1))
            yield return $"The input '{port.Name}' must be given once.";
        foreach (var input in inputs)
        {
            var at = session.FindInput(input.Name);
            var held = input.Texts?.Count ?? (ElementTypes.Size(input.Type) is > 0 and var size ? input.Data.Length / (double)size : -1);
            if (at < 0)
                yield return $"The model has no input '{input.Name}'. Its inputs are: {string.Join(", ", session.Inputs.Select(port => port.Name))}.";
            else if (session.Inputs[at].Type != input.Type)
                yield return $"The input '{input.Name}' is {ElementTypes.Name(session.Inputs[at].Type)}; the tensor is {ElementTypes.Name(input.Type)}.";
            else if (held != input.Count || (input.Type == ElementType.Text) != (input.Texts is not null))
                yield return string.Create(CultureInfo.InvariantCulture, $"The tensor '{input.Name}' has {held} elements; its shape [{string.Join(", ", input.Shape)}] asks for {input.Count}.");
        }
    }

    private static void Give(InferenceCall call, int at, NamedTensor input)
    {
        var buffer = call.Inputs[at];
        buffer.SetShape([.. input.Shape]);
        call.Given[at] = true;
        if (input.Texts is null)
            buffer.AddRaw(input.Data.Span, (int)input.Count);
        foreach (var text in input.Texts ?? [])
            buffer.AddText(Encoding.UTF8.GetBytes(text));
    }

    private static NamedTensor Copy(OutputTensor output)
    {
        long[] shape = [.. output.Shape];
        return output.Type == ElementType.Text
            ? new(output.Port.Name, output.Type, shape, default) { Texts = [.. Enumerable.Range(0, output.Count).Select(i => Encoding.UTF8.GetString(output.Text(i)))] }
            : new(output.Port.Name, output.Type, shape, output.Raw.ToArray());
    }
}
