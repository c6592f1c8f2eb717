using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>Finds the line of the user's code that runs: the first frame above TorchSharp's own. Each is looked up in the symbols once.</summary>
internal static class SourcePlaces
{
    private const int MostRemembered = 100_000;
    private static readonly ConcurrentDictionary<(MethodBase Method, int Offset), string> Known = new();

    /// <summary>As in <c>Net.cs:12 in Net.forward</c>; without symbols only the method; within a module of TorchSharp that nobody's code calls, that module.</summary>
    public static string? Find()
    {
        var trace = new StackTrace(1, fNeedFileInfo: false);
        Type? library = null;
        for (var i = 0; i < trace.FrameCount; i++)
        {
            var frame = trace.GetFrame(i)!;
            if (frame.GetMethod() is not { DeclaringType: { } type } method)
                continue;
            if (type == typeof(ForwardCall))
                break;
            if (type.Assembly == typeof(torch).Assembly)
                library ??= typeof(torch.nn.Module).IsAssignableFrom(type) ? type : null;
            else if (type.Namespace is not { } space || !(space == "System" || space.StartsWith("System.", StringComparison.Ordinal) || space == typeof(SourcePlaces).Namespace))
                return Known.TryGetValue((method, frame.GetILOffset()), out var known) ? known : Remember(method, frame.GetILOffset(), i);
        }

        return library is null ? null : $"{library.Name}.forward of TorchSharp";
    }

    private static string Remember(MethodBase method, int offset, int depth)
    {
        var file = new StackTrace(2, fNeedFileInfo: true).GetFrame(depth);
        var name = $"{Shown(method.DeclaringType!)}.{method.Name}";
        var place = file?.GetFileName() is { } path ? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}:{file.GetFileLineNumber()} in {name}") : name;
        if (Known.Count < MostRemembered)
            Known[(method, offset)] = place;
        return place;
    }

    private static string Shown(Type type) => type.Name.StartsWith('<') && type.DeclaringType is { } outer ? outer.Name : type.Name;
}
