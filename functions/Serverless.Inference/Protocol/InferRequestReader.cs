using System.Globalization;
using System.Text.Json;
using Serverless.Core.Names;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>
/// Reads an inference request (Open Inference Protocol, version 2, with the binary tensor data extension) straight into a call's buffers, and gathers all that is
/// wrong with it. Numbers that do not fit their type are errors, never rounded to something else; null and "NaN" are missing values of floating-point inputs.
/// </summary>
internal ref partial struct InferRequestReader
{
    private const int MaxRank = 32;
    private readonly InferenceCall call;
    private readonly RequestErrors errors;
    private readonly int maxRows;
    private readonly InferAsk ask;
    private ReadOnlySpan<byte> binary;
    private bool sawInputs;
    private bool sawOutputs;

    private InferRequestReader(InferenceCall call, RequestErrors errors, int maxRows, ReadOnlySpan<byte> binary)
    {
        this.call = call;
        this.errors = errors;
        this.maxRows = maxRows;
        this.binary = binary;
        ask = new InferAsk(call.Outputs.Length);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="json">Its JSON part.</param>
    /// <param name="binary">What follows the JSON part.</param>
    /// <param name="call">Whose buffers are filled.</param>
    /// <param name="maxRows">Most rows.</param>
    /// <param name="errors">Takes what is wrong; when there is something, the call must not be run.</param>
    public static InferAsk Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> binary, InferenceCall call, int maxRows, RequestErrors errors)
    {
        var request = new InferRequestReader(call, errors, maxRows, binary);
        if (BodyText.TryUtf8(ref json, errors))
            request.ReadJson(json);
        return request.ask;
    }

    private void ReadJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                errors.Add("body", "The body is not a JSON object.", "Send {\"inputs\": [{\"name\": …, \"shape\": …, \"datatype\": …, \"data\": …}]}.");
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                ReadMember(ref reader);
            reader.Read();
        }
        catch (JsonException failure)
        {
            errors.Add("body", $"The body is not JSON: {failure.Message}", "Send valid JSON; NaN and infinities as the texts \"NaN\", \"Infinity\" and \"-Infinity\".");
            return;
        }
        catch (InvalidOperationException)
        {
            errors.Add("body", $"The body has a text that is no Unicode, such as a lone surrogate, before the byte {reader.BytesConsumed}.", "Send whole characters.");
            return;
        }

        CheckWhole();
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("inputs"u8))
        {
            Once(ref sawInputs, "inputs");
            ReadList(ref reader, "inputs");
        }
        else if (reader.ValueTextEquals("outputs"u8))
        {
            Once(ref sawOutputs, "outputs");
            ReadList(ref reader, "outputs");
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            if (ask.Id is not null)
                errors.Add("id", "The member 'id' is there twice.", "Leave one of them out.");
            if (reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 1024)
                ask.Id = reader.GetString();
            else
                Wrong(ref reader, "id", "a text of at most 1024 bytes");
        }
        else if (reader.ValueTextEquals("parameters"u8))
        {
            ask.Binary = ReadParameters(ref reader, "parameters", out _) ?? ask.Binary;
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadList(ref Utf8JsonReader reader, string path)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Wrong(ref reader, path, "an array");
            return;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (reader.TokenType != JsonTokenType.StartObject)
                Wrong(ref reader, at, "an object");
            else if (path == "inputs")
                ReadInput(ref reader, at);
            else
                ReadOutput(ref reader, at);
        }
    }

    private void ReadInput(ref Utf8JsonReader reader, string path)
    {
        Span<long> shape = stackalloc long[MaxRank];
        var (rank, index, typed, binarySize) = (-1, -2, false, -1L);
        var type = ElementType.None;
        Utf8JsonReader data = default;
        var (hasData, filled) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                Once(index != -2, $"{path}.name");
                index = ReadName(ref reader, path, call.Session.Inputs, call.Given, "input");
            }
            else if (reader.ValueTextEquals("datatype"u8))
            {
                Once(typed, $"{path}.datatype");
                typed = true;
                type = ReadType(ref reader, path);
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                Once(rank != -1, $"{path}.shape");
                rank = ReadShape(ref reader, path, shape);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                Once(hasData, $"{path}.data");
                hasData = true;
                reader.Read();
                data = reader;
                filled = index >= 0 && type != ElementType.None && rank >= 0;
                if (filled)
                    Fill(index, type, shape[..rank], ref reader, true, default, path);
                if (!filled || reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth != data.CurrentDepth)
                {
                    reader = data;
                    reader.Skip();
                }
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                ReadParameters(ref reader, $"{path}.parameters", out binarySize);
            }
            else
            {
                reader.Skip();
            }
        }

        if (index == -2)
            errors.Add($"{path}.name", "The input has no name.", "Name one of the model's inputs.");
        if (!typed)
            errors.Add($"{path}.datatype", "The input has no datatype.", "Say the model's own, as GET /v2/models/{name} shows it.");
        if (rank == -1)
            errors.Add($"{path}.shape", "The input has no shape.", "Give its shape, such as [1, 4].");
        var raw = TakeBinary(binarySize, hasData, path);
        if (filled || index < 0 || rank < 0 || type == ElementType.None || (!hasData && binarySize < 0))
            return;
        Fill(index, type, shape[..rank], ref data, hasData, raw, path);
    }

    private readonly void Fill(
        int index, ElementType type, scoped ReadOnlySpan<long> shape, scoped ref Utf8JsonReader data, bool hasData, scoped ReadOnlySpan<byte> raw, string path)
    {
        var (port, buffer) = (call.Session.Inputs[index], call.Inputs[index]);
        if (type != port.Type)
        {
            errors.Add($"{path}.datatype", $"The datatype is {ElementTypes.Name(type)}; the input '{port.Name}' is {ElementTypes.Name(port.Type)}.", $"Send it as {ElementTypes.Name(port.Type)}.");
            return;
        }

        var count = TensorShape.Check(port, shape, maxRows, $"{path}.shape", errors);
        if (count < 0)
            return;
        buffer.Clear();
        buffer.SetShape(shape);
        if (hasData)
            new TensorDataReader(buffer, type, count, $"{path}.data", errors).Read(ref data);
        else if (BinaryTensor.Add(raw, (int)count, type, buffer) is { } fault)
            errors.Add($"{path}.parameters.binary_data_size", $"The input '{port.Name}' {fault}.", "Send as many bytes as shape and datatype say.");
    }

    private ReadOnlySpan<byte> TakeBinary(long size, bool hasData, string path)
    {
        if (size < 0)
        {
            if (!hasData)
                errors.Add($"{path}.data", "The input has no data.", "Give its elements as 'data', or their length in bytes as the parameter 'binary_data_size'.");
            return default;
        }

        if (hasData)
            errors.Add($"{path}.data", "The input has both data and binary_data_size.", "Leave one of them out.");
        if (size > binary.Length)
        {
            errors.Add($"{path}.parameters.binary_data_size", $"The input wants {size} bytes of binary data; {binary.Length} are left behind the JSON part.", "Say the true length, and send Inference-Header-Content-Length.");
            return default;
        }

        var taken = binary[..(int)size];
        binary = binary[(int)size..];
        return taken;
    }

    private void ReadOutput(ref Utf8JsonReader reader, string path)
    {
        var (index, asBinary) = (-2, (bool?)null);
        ask.Named = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                Once(index != -2, $"{path}.name");
                index = ReadName(ref reader, path, call.Session.Outputs, call.Wanted, "output");
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                asBinary = ReadParameters(ref reader, $"{path}.parameters", out _);
            }
            else
            {
                reader.Skip();
            }
        }

        if (index == -2)
            errors.Add($"{path}.name", "The output has no name.", "Name one of the model's outputs.");
        else if (index >= 0)
            ask.BinaryOutputs[index] = asBinary;
    }

    private void CheckWhole()
    {
        if (!sawInputs)
            errors.Add("inputs", "The request has no inputs.", $"Give the model's inputs: {Names(call.Session.Inputs)}.");
        else
        {
            for (var i = 0; i < call.Given.Length; i++)
            {
                if (!call.Given[i])
                    errors.Add("inputs", $"The input '{call.Session.Inputs[i].Name}' is missing.", $"Give all of the model's inputs: {Names(call.Session.Inputs)}.");
            }
        }

        if (!binary.IsEmpty && !errors.Any)
            errors.Add("body", $"{binary.Length} bytes behind the JSON part belong to no input.", "Say each input's binary_data_size.");
        if (!errors.Any)
            TensorShape.CheckSymbols(call, errors);
        if (!ask.Named)
            Array.Fill(call.Wanted, true);
        else if (!errors.Any && !call.Wanted.Contains(true))
            errors.Add("outputs", "The request wants no output.", "Name an output, or leave 'outputs' out to get all.");
    }

    private readonly void Once(ref bool seen, string path)
    {
        Once(seen, path);
        seen = true;
    }

    private readonly void Once(bool seen, string path)
    {
        if (seen)
            errors.Add(path, $"The member '{path}' is there twice.", "Leave one of them out.");
    }

    private readonly void Wrong(scoped ref Utf8JsonReader reader, string path, string wanted)
    {
        errors.Add(path, $"The member '{path}' is not {wanted}.", $"Give {wanted}.");
        reader.Skip();
    }

    private static string Names(IReadOnlyList<TensorPort> ports) =>
        string.Join(", ", ports.Take(20).Select(port => Shown.Quote(port.Name, 40))) + (ports.Count > 20 ? $" and {ports.Count - 20} more" : "");
}
