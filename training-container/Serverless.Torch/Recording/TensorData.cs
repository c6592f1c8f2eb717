using Serverless.Onnx.Graphs;
using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>Tensors of TorchSharp as tensors of ONNX, and back.</summary>
public static class TensorData
{
    /// <summary>Copies a tensor, from whichever device it is on.</summary>
    /// <exception cref="NotSupportedException">ONNX has no type for its elements.</exception>
    public static OnnxTensor Read(torch.Tensor tensor, string name)
    {
        using var plain = tensor.detach().cpu().contiguous();
        return new() { Name = name, Element = ElementOf(plain.dtype), Dims = plain.shape, Data = plain.numel() == 0 ? default(ReadOnlyMemory<byte>) : plain.bytes.ToArray() };
    }

    /// <summary>Makes a tensor on a device.</summary>
    public static torch.Tensor Write(OnnxTensor tensor, torch.Device device)
    {
        using var made = torch.empty([.. tensor.Dims], ScalarOf(tensor.Element), torch.CPU);
        if (tensor.Data.Length > 0)
            tensor.Data.Span.CopyTo(made.bytes);
        return made.to(device, copy: true);
    }

    /// <summary>The element type in ONNX.</summary>
    public static ElementType ElementOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => ElementType.Float,
        torch.ScalarType.Float64 => ElementType.Double,
        torch.ScalarType.Float16 => ElementType.Float16,
        torch.ScalarType.BFloat16 => ElementType.BFloat16,
        torch.ScalarType.Int64 => ElementType.Int64,
        torch.ScalarType.Int32 => ElementType.Int32,
        torch.ScalarType.Int16 => ElementType.Int16,
        torch.ScalarType.Int8 => ElementType.Int8,
        torch.ScalarType.Byte => ElementType.UInt8,
        torch.ScalarType.Bool => ElementType.Bool,
        _ => throw new NotSupportedException($"ONNX has no element type for '{type}'. Convert the tensor, with to(torch.float32) for example."),
    };

    private static torch.ScalarType ScalarOf(ElementType element) => element switch
    {
        ElementType.Float => torch.ScalarType.Float32,
        ElementType.Double => torch.ScalarType.Float64,
        ElementType.Float16 => torch.ScalarType.Float16,
        ElementType.BFloat16 => torch.ScalarType.BFloat16,
        ElementType.Int64 => torch.ScalarType.Int64,
        ElementType.Int32 => torch.ScalarType.Int32,
        ElementType.Int16 => torch.ScalarType.Int16,
        ElementType.Int8 => torch.ScalarType.Int8,
        ElementType.UInt8 => torch.ScalarType.Byte,
        ElementType.Bool => torch.ScalarType.Bool,
        _ => throw new NotSupportedException($"TorchSharp has no element type for '{element}'."),
    };
}
