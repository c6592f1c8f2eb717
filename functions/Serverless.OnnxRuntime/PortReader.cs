namespace Serverless.OnnxRuntime;

/// <summary>Reads what a session takes and gives.</summary>
internal static unsafe class PortReader
{
    private const int TensorKind = 1;

    /// <summary>The inputs, in the model's order.</summary>
    public static IReadOnlyList<TensorPort> Inputs(NativeRuntime runtime, nint session) =>
        Read(runtime, session, runtime.Api.SessionGetInputCount, runtime.Api.SessionGetInputName, runtime.Api.SessionGetInputTypeInfo);

    /// <summary>The outputs, in the model's order.</summary>
    public static IReadOnlyList<TensorPort> Outputs(NativeRuntime runtime, nint session) =>
        Read(runtime, session, runtime.Api.SessionGetOutputCount, runtime.Api.SessionGetOutputName, runtime.Api.SessionGetOutputTypeInfo);

    private static List<TensorPort> Read(
        NativeRuntime runtime,
        nint session,
        delegate* unmanaged[Cdecl]<nint, nuint*, nint> getCount,
        delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> getName,
        delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> getType)
    {
        nuint count;
        runtime.Check(getCount(session, &count));
        var ports = new List<TensorPort>((int)count);
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            runtime.Check(getName(session, i, runtime.Allocator, &name));
            nint type;
            runtime.Check(getType(session, i, &type));
            try
            {
                ports.Add(ReadPort(runtime, runtime.Take(name) ?? "", type));
            }
            finally
            {
                runtime.Api.ReleaseTypeInfo(type);
            }
        }

        return ports;
    }

    private static TensorPort ReadPort(NativeRuntime runtime, string name, nint typeInfo)
    {
        int kind;
        runtime.Check(runtime.Api.GetOnnxTypeFromTypeInfo(typeInfo, &kind));
        if (kind != TensorKind)
            return new TensorPort(name, ElementType.None, [], []);
        nint tensor;
        runtime.Check(runtime.Api.CastTypeInfoToTensorInfo(typeInfo, &tensor));
        int element;
        runtime.Check(runtime.Api.GetTensorElementType(tensor, &element));
        nuint rank;
        runtime.Check(runtime.Api.GetDimensionsCount(tensor, &rank));
        var shape = new long[rank];
        var symbols = new string?[rank];
        var names = new nint[rank];
        fixed (long* dimensions = shape)
            runtime.Check(runtime.Api.GetDimensions(tensor, dimensions, rank));
        fixed (nint* pointers = names)
            runtime.Check(runtime.Api.GetSymbolicDimensions(tensor, (byte**)pointers, rank));
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = shape[i] < 0 && NativeRuntime.Utf8((byte*)names[i]) is { Length: > 0 } symbol ? symbol : null;
        var type = ElementTypes.IsCarried((ElementType)element) ? (ElementType)element : ElementType.None;
        return new TensorPort(name, type, shape, symbols);
    }
}
