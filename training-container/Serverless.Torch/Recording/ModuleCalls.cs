using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>Finds how a module is called with some tensors, whatever its type's arguments are.</summary>
internal static class ModuleCalls
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    /// <summary>The call; hooks of the module run.</summary>
    /// <exception cref="RecordingException">The module takes something else.</exception>
    public static ModuleCall Of(torch.nn.Module module, int inputs)
    {
        var method = Find(module, "call", inputs) ?? throw new RecordingException(
            $"'{module.GetType().Name}' cannot be called with {inputs} tensor{(inputs == 1 ? "" : "s")}: its forward takes something else. Give as many examples as forward has tensors, or use the overload with a call of your own.");
        var rest = method.GetParameters().Skip(inputs).Select(_ => Type.Missing).ToArray();
        return given => Flat(method.Invoke(module, Public | BindingFlags.OptionalParamBinding | BindingFlags.InvokeMethod | BindingFlags.DoNotWrapExceptions, null, [.. given, .. rest], null));
    }

    /// <summary>The names of the inputs: those of the parameters of <c>forward</c> when there are several.</summary>
    public static IReadOnlyList<string> InputNames(torch.nn.Module module, int inputs) => inputs == 1
        ? ["input"]
        : [.. Find(module, "forward", inputs)?.GetParameters().Take(inputs).Select(parameter => parameter.Name!) ?? Enumerable.Range(0, inputs).Select(i => $"input_{i}")];

    private static MethodInfo? Find(torch.nn.Module module, string name, int inputs) => module.GetType().GetMethods(Public)
        .Where(method => method.Name == name && Takes(method.GetParameters(), inputs))
        .OrderBy(method => method.GetParameters().Length)
        .ThenByDescending(method => Depth(method.DeclaringType!))
        .FirstOrDefault();

    private static bool Takes(ParameterInfo[] parameters, int inputs) =>
        parameters.Length >= inputs && parameters.Take(inputs).All(parameter => parameter.ParameterType == typeof(torch.Tensor)) && parameters.Skip(inputs).All(parameter => parameter.IsOptional);

    private static int Depth(Type type) => type.BaseType is { } above ? Depth(above) + 1 : 0;

    private static IReadOnlyList<torch.Tensor> Flat(object? result) => result switch
    {
        torch.Tensor tensor => [tensor],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).SelectMany(i => Flat(tuple[i]))],
        System.Collections.IDictionary => throw new RecordingException("forward returns a dictionary, which has no order. Return a tuple or a list of tensors."),
        System.Collections.IEnumerable list => [.. list.Cast<object?>().SelectMany(Flat)],
        null => throw new RecordingException("forward returns null. Return a tensor, a tuple or a list of tensors."),
        _ => throw new RecordingException($"forward returns a '{result.GetType().Name}'. Return a tensor, a tuple or a list of tensors."),
    };
}
