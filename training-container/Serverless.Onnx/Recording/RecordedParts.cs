using System.Text.Json;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Recording;

/// <summary>Reads the parts of a recording and keeps which numbers are defined.</summary>
internal sealed class RecordedParts(RecordingErrors errors, IReadOnlyList<ReadOnlyMemory<byte>> blobs)
{
    private readonly HashSet<int> defined = [];

    public RecordedInput? Input(JsonElement json, string place)
    {
        var id = Define(json, place);
        var name = Name(json, place);
        var role = Role(errors.Text(json, "role", place), $"{place}.role");
        var type = Type(json, place);
        if (type is not null && type.Kind != RecordedKind.Tensor)
            errors.Add($"{place}.type", $"it is {type}; an input is a tensor", "Pass tensors to the network, and everything else to its constructor.");
        var data = role is null or RecordedRole.Input || type is not { Kind: RecordedKind.Tensor } ? null : Blob(json, type, place) with { Name = name ?? "" };
        return id is null || name is null || role is null || type is null ? null : new(id.Value, name, role.Value, type) { Data = data };
    }

    public RecordedNode? Node(JsonElement json, string place)
    {
        var kind = errors.Text(json, "op", place);
        List<int> inputs = [];
        foreach (var (each, i) in errors.List(json, "in", place, errors.Limits.MaxOperands).Select((each, i) => (each, i)))
            if (errors.Whole(each, $"{place}.in[{i}]") is { } number)
                inputs.Add(Use(number, $"{place}.in[{i}]"));
        List<RecordedValue> outputs = [];
        foreach (var (each, i) in errors.List(json, "out", place, errors.Limits.MaxOperands).Select((each, i) => (each, i)))
            if (Define(each, $"{place}.out[{i}]") is { } id && Type(each, $"{place}.out[{i}]") is { } type)
                outputs.Add(new(id, type));
        var constant = kind == "prim::Constant" ? Constant(json, place) : null;
        if (kind == "prim::Constant" && (inputs.Count > 0 || outputs.Count != 1))
            errors.Add(place, $"a constant has {inputs.Count} inputs and {outputs.Count} outputs; it has none and one");
        return kind is null ? null : new()
        {
            Operator = kind,
            Inputs = inputs,
            Outputs = outputs,
            Constant = constant,
            Place = errors.Text(json, "place", place, optional: true) ?? "",
            Scope = errors.Text(json, "scope", place, optional: true) ?? "",
        };
    }

    public RecordedOutput? Output(JsonElement json, string place)
    {
        var id = errors.Whole(json, "id", place) is { } number ? Use(number, $"{place}.id") : (int?)null;
        return Name(json, place) is { } name && id is { } known ? new(known, name) : null;
    }

    private string? Name(JsonElement json, string place)
    {
        var name = errors.Text(json, "name", place);
        if (name?.Length == 0)
            errors.Add($"{place}.name", "it is empty", "Give each input and output a name.");
        return name;
    }

    private int? Define(JsonElement json, string place)
    {
        if (errors.Whole(json, "id", place) is not { } number)
            return null;
        if (number is < 0 or > int.MaxValue)
            errors.Add($"{place}.id", $"it is {number}; numbers go from 0 to {int.MaxValue}");
        else if (!defined.Add((int)number))
            errors.Add($"{place}.id", $"the number {number} is defined twice", "Number each value of a recording once.");
        else
            return (int)number;
        return null;
    }

    private int Use(long number, string place)
    {
        if (number is < 0 or > int.MaxValue || !defined.Contains((int)number))
            errors.Add(place, $"nothing before it defines the number {number}", "Record the operators in the order in which they ran.");
        return (int)Math.Clamp(number, 0, int.MaxValue);
    }

    private RecordedRole? Role(string? text, string place)
    {
        if (text is "input" or "parameter" or "buffer" or null)
            return text switch { "input" => RecordedRole.Input, "parameter" => RecordedRole.Parameter, "buffer" => RecordedRole.Buffer, _ => null };
        errors.Add(place, $"'{text}' is none of input, parameter, buffer");
        return null;
    }

    private RecordedType? Type(JsonElement json, string place)
    {
        place += ".type";
        if (!RecordingErrors.Member(json, "type", out var type) || type.ValueKind != JsonValueKind.Object)
        {
            errors.Add(place, "it is missing");
            return null;
        }

        if (RecordingErrors.Member(type, "dtype", out _))
            return Element(type, place) is { } element && Shape(type, place) is { } shape ? new(RecordedKind.Tensor, element, shape) : null;
        var kind = errors.Text(type, "kind", place);
        if (kind is not null && kind.All(char.IsAsciiLetterLower) && Enum.TryParse<RecordedKind>(kind, ignoreCase: true, out var known) && known != RecordedKind.Tensor)
            return RecordedType.Of(known);
        if (kind is not null)
            errors.Add($"{place}.kind", $"'{kind}' is no kind of value");
        return null;
    }

    private ElementType? Element(JsonElement type, string place)
    {
        if (errors.Text(type, "dtype", place) is not { } name)
            return null;
        if (RecordedElements.Find(name) is { } element)
            return element;
        errors.Add($"{place}.dtype", $"'{name}' is none of {string.Join(", ", RecordedElements.Names)}", "Use tensors of another type in the network.");
        return null;
    }

    private long[]? Shape(JsonElement type, string place)
    {
        var before = errors.All.Count;
        long[] shape = [.. errors.List(type, "shape", place, errors.Limits.MaxRank).Select((each, i) => errors.Whole(each, $"{place}.shape[{i}]") ?? 0)];
        if (OnnxTensor.CountOf(shape) is null)
            errors.Add($"{place}.shape", $"[{string.Join(", ", shape)}] is no shape: sizes are not negative, and their product fits into 64 bits");
        return errors.All.Count == before ? shape : null;
    }

    private OnnxTensor Blob(JsonElement json, RecordedType type, string place)
    {
        var tensor = new OnnxTensor { Element = type.Element, Dims = type.Shape };
        if (errors.Whole(json, "blob", place) is not { } number)
            return tensor;
        var bytes = (OnnxTensor.CountOf(type.Shape) ?? 0) * (Int128)ElementTypes.BitsOf(type.Element) / 8;
        if (number < 0 || number >= blobs.Count)
            errors.Add($"{place}.blob", $"there is no data with the number {number}; {blobs.Count} were given", "Hand over the data beside the JSON.");
        else if (blobs[(int)number].Length != bytes)
            errors.Add($"{place}.blob", $"the data has {blobs[(int)number].Length} bytes; {type} takes {bytes}", "Hand over the elements row by row, without gaps.");
        else
            return tensor with { Data = blobs[(int)number] };
        return tensor;
    }

    private RecordedConstant? Constant(JsonElement json, string place)
    {
        place += ".value";
        if (!RecordingErrors.Member(json, "value", out var value) || value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() != 1)
        {
            errors.Add(place, "it is no object with one member");
            return null;
        }

        var only = value.EnumerateObject().First();
        switch (only.Name)
        {
            case "none":
                return RecordedConstant.None;
            case "int":
                return errors.Whole(only.Value, place) is { } number ? RecordedConstant.Of(number) : null;
            case "float":
                return Number(only.Value, place) is { } real ? RecordedConstant.Of(real) : null;
            case "bool":
                return Truth(only.Value, place) is { } truth ? RecordedConstant.Of(truth) : null;
            case "string":
                return errors.Text(value, "string", place) is { } text ? RecordedConstant.Of(text) : null;
            case "ints":
                return new() { Kind = ConstantKind.Ints, Ints = [.. Each(value, "ints", place).Select(each => errors.Whole(each.Value, each.Place) ?? 0)] };
            case "floats":
                return new() { Kind = ConstantKind.Floats, Floats = [.. Each(value, "floats", place).Select(each => Number(each.Value, each.Place) ?? 0)] };
            case "bools":
                return new() { Kind = ConstantKind.Bools, Ints = [.. Each(value, "bools", place).Select(each => Truth(each.Value, each.Place) == true ? 1L : 0)] };
            case "tensor":
                return Element(only.Value, place) is { } element && Shape(only.Value, place) is { } shape ? RecordedConstant.Of(Blob(only.Value, new(RecordedKind.Tensor, element, shape), place)) : null;
            default:
                errors.Add(place, "it is none of int, float, bool, string, none, ints, floats, bools, tensor");
                return null;
        }
    }

    private IEnumerable<(JsonElement Value, string Place)> Each(JsonElement value, string name, string place) =>
        errors.List(value, name, place, errors.Limits.MaxOperands).Select((each, i) => (each, $"{place}.{name}[{i}]"));

    private double? Number(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var found))
            return found;
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("nan"))
            return double.NaN;
        if (value.ValueKind == JsonValueKind.String && (value.ValueEquals("inf") || value.ValueEquals("-inf")))
            return value.ValueEquals("inf") ? double.PositiveInfinity : double.NegativeInfinity;
        errors.Add(place, $"it is {RecordingErrors.Show(value)}, not a number");
        return null;
    }

    private bool? Truth(JsonElement value, string place)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True;
        errors.Add(place, $"it is {RecordingErrors.Show(value)}, not true or false");
        return null;
    }
}
