using System.Reflection;
using System.Runtime.CompilerServices;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;
using Serverless.Onnx.Walking;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Walking;

/// <summary>Reads a module's settings and weights, and those of the modules in it. The settings are TorchSharp's public properties; recurrent modules have theirs in fields.</summary>
internal static class ModuleReader
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Reads a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">Its name in its parent; empty for the root.</param>
    public static ModuleDescription Read(torch.nn.Module module, string name = "") => new()
    {
        Name = name,
        Kind = module.GetType().Name,
        Settings = Settings(module),
        Weights = Weights(module),
        Children = [.. module.named_children().Select(child => Read(child.module, child.name))],
        CustomForward = !IsLibrary(module.GetType()),
    };

    private static Dictionary<string, RecordedConstant> Settings(torch.nn.Module module)
    {
        Dictionary<string, RecordedConstant> settings = new(StringComparer.Ordinal);
        if (!IsLibrary(module.GetType()))
            return settings;
        foreach (var field in module.GetType().GetFields(Own).Where(field => field.Name.StartsWith('_') && IsSetting(field.FieldType)))
            settings[field.Name[1..]] = Constant(field.GetValue(module))!;
        foreach (var property in module.GetType().GetProperties(Public).Where(property => property.DeclaringType!.Namespace == "TorchSharp.Modules" && property.GetIndexParameters().Length == 0 && IsSetting(property.PropertyType)))
            settings[property.Name] = Constant(property.GetValue(module))!;
        return settings;
    }

    private static Dictionary<string, OnnxTensor> Weights(torch.nn.Module module)
    {
        Dictionary<string, OnnxTensor> weights = new(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters(recurse: false))
            weights[name] = TensorData.Read(parameter, name);
        foreach (var (name, buffer) in module.named_buffers(recurse: false))
            weights.TryAdd(name, TensorData.Read(buffer, name));
        return weights;
    }

    private static bool IsLibrary(Type type) => type.Assembly == typeof(torch).Assembly;

    private static bool IsSetting(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || plain == typeof(long) || plain == typeof(int) || plain == typeof(double) || plain == typeof(float) || plain == typeof(bool) || plain == typeof(string)
            || plain == typeof(long[]) || plain == typeof(double[]) || (typeof(ITuple).IsAssignableFrom(plain) && plain.GetGenericArguments().All(part => part == typeof(long)));
    }

    private static RecordedConstant? Constant(object? value) => value switch
    {
        null => RecordedConstant.None,
        bool flag => RecordedConstant.Of(flag),
        long whole => RecordedConstant.Of(whole),
        int whole => RecordedConstant.Of((long)whole),
        double real => RecordedConstant.Of(real),
        float real => RecordedConstant.Of((double)real),
        string text => RecordedConstant.Of(text),
        Enum choice => RecordedConstant.Of(choice.ToString().ToLowerInvariant()),
        long[] many => new() { Kind = ConstantKind.Ints, Ints = many },
        double[] many => new() { Kind = ConstantKind.Floats, Floats = many },
        ITuple tuple => new() { Kind = ConstantKind.Ints, Ints = [.. Enumerable.Range(0, tuple.Length).Select(i => (long)tuple[i]!)] },
        _ => null,
    };
}
