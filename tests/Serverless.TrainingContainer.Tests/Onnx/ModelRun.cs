using System.Runtime.InteropServices;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;
using Serverless.OnnxRuntime;

namespace Serverless.TrainingContainer.Tests.Onnx;

/// <summary>Runs a model in ONNX Runtime.</summary>
internal static class ModelRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The outputs by name.</summary>
    public static IReadOnlyDictionary<string, OnnxTensor> Run(OnnxModel model, params IReadOnlyList<OnnxTensor> inputs) => RunBytes(ModelWriter.ToBytes(model), inputs);

    /// <summary>The outputs of a model's file by name.</summary>
    public static IReadOnlyDictionary<string, OnnxTensor> RunBytes(ReadOnlySpan<byte> model, params IReadOnlyList<OnnxTensor> inputs)
    {
        using var session = OnnxSession.Load(NativeRuntime.Shared(), model, new SessionSettings());
        using var call = session.Rent(TimeProvider.System);
        foreach (var input in inputs)
        {
            var at = session.FindInput(input.Name);
            Assert.True(at >= 0, $"the model has no input '{input.Name}'; it has {string.Join(", ", session.Inputs.Select(port => port.Name))}");
            call.Inputs[at].SetShape([.. input.Dims]);
            foreach (var text in input.Strings)
                call.Inputs[at].AddText(text.Span);
            if (input.Strings.Count == 0)
                call.Inputs[at].AddRaw(input.Data.Span, (int)OnnxTensor.CountOf(input.Dims)!.Value);
            call.Given[at] = true;
        }

        Array.Fill(call.Wanted, true);
        call.Run(Limit, TestContext.Current.CancellationToken);
        return call.Outputs.ToDictionary(output => output.Port.Name, output => new OnnxTensor
        {
            Name = output.Port.Name,
            Element = (Serverless.Onnx.Graphs.ElementType)(int)output.Type,
            Dims = output.Shape.ToArray(),
            Data = output.Type == Serverless.OnnxRuntime.ElementType.Text ? default : output.Raw.ToArray(),
            Strings = output.Type == Serverless.OnnxRuntime.ElementType.Text ? [.. Enumerable.Range(0, output.Count).Select(place => (ReadOnlyMemory<byte>)output.Text(place).ToArray())] : [],
        });
    }

    /// <summary>The elements of a tensor of numbers.</summary>
    public static double[] Numbers(this OnnxTensor tensor) => tensor.Element switch
    {
        Serverless.Onnx.Graphs.ElementType.Float => [.. Cast<float>(tensor).Select(value => (double)value)],
        Serverless.Onnx.Graphs.ElementType.Double => Cast<double>(tensor),
        Serverless.Onnx.Graphs.ElementType.Float16 => [.. Cast<Half>(tensor).Select(value => (double)value)],
        Serverless.Onnx.Graphs.ElementType.Int64 => [.. Cast<long>(tensor).Select(value => (double)value)],
        Serverless.Onnx.Graphs.ElementType.Int32 => [.. Cast<int>(tensor).Select(value => (double)value)],
        Serverless.Onnx.Graphs.ElementType.UInt8 or Serverless.Onnx.Graphs.ElementType.Bool => [.. tensor.Data.ToArray().Select(value => (double)value)],
        _ => throw new ArgumentOutOfRangeException(nameof(tensor), tensor.Element, "Add a case for this type."),
    };

    /// <summary>The largest difference between two tensors of one shape; not-a-number equals itself, and so do infinities.</summary>
    public static double Deviation(OnnxTensor expected, OnnxTensor actual)
    {
        Assert.Equal(expected.Dims, actual.Dims);
        return expected.Numbers().Zip(actual.Numbers(), (a, b) => a.Equals(b) ? 0 : double.IsNaN(a) || double.IsNaN(b) ? double.PositiveInfinity : Math.Abs(a - b)).DefaultIfEmpty().Max();
    }

    private static T[] Cast<T>(OnnxTensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.Data.Span).ToArray();
}
