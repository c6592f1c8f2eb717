using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Serverless.Core.Endpoints;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>Writes the answer to an inference request: JSON, and behind it the outputs that were wanted as binary.</summary>
internal static class InferReplyWriter
{
    private const string BinaryType = "application/octet-stream";

    /// <summary>Writes it.</summary>
    public static WireReply Write(string endpoint, EndpointModel model, InferAsk ask, InferenceCall call)
    {
        var buffer = ReplyBuffer.Rent();
        try
        {
            var writer = buffer.Json();
            writer.WriteStartObject();
            writer.WriteString("model_name"u8, endpoint);
            writer.WriteString("model_version"u8, model.ToString());
            if (ask.Id is { } id)
                writer.WriteString("id"u8, id);
            writer.WriteStartArray("outputs"u8);
            var anyBinary = false;
            for (var i = 0; i < call.Outputs.Length; i++)
            {
                if (!call.Wanted[i])
                    continue;
                var asBinary = ask.BinaryOutputs[i] ?? ask.Binary;
                anyBinary |= asBinary;
                WriteOutput(writer, call.Outputs[i], asBinary);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.Flush();
            if (!anyBinary)
                return new WireReply { Status = 200, ContentType = Replies.Json, Body = buffer.ToArray() };
            return WithBinary(ask, call, buffer);
        }
        finally
        {
            buffer.Return();
        }
    }

    private static WireReply WithBinary(InferAsk ask, InferenceCall call, ReplyBuffer buffer)
    {
        var jsonLength = buffer.Length;
        for (var i = 0; i < call.Outputs.Length; i++)
        {
            if (call.Wanted[i] && (ask.BinaryOutputs[i] ?? ask.Binary))
                WriteRaw(buffer.Bytes, call.Outputs[i]);
        }

        return new WireReply
        {
            Status = 200,
            ContentType = BinaryType,
            Body = buffer.ToArray(),
            Headers = [new("Inference-Header-Content-Length", jsonLength.ToString(CultureInfo.InvariantCulture))],
        };
    }

    private static void WriteOutput(Utf8JsonWriter writer, OutputTensor output, bool asBinary)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, output.Port.NameUtf8);
        writer.WriteString("datatype"u8, ElementTypes.Name(output.Type));
        writer.WriteStartArray("shape"u8);
        foreach (var dimension in output.Shape)
            writer.WriteNumberValue(dimension);
        writer.WriteEndArray();
        if (asBinary)
        {
            writer.WriteStartObject("parameters"u8);
            writer.WriteNumber("binary_data_size"u8, RawLength(output));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray("data"u8);
            JsonTensorWriter.Write(writer, output, 0, output.Count);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static long RawLength(OutputTensor output)
    {
        if (output.Type != ElementType.Text)
            return output.Raw.Length;
        var length = 0L;
        for (var i = 0; i < output.Count; i++)
            length += sizeof(uint) + output.Text(i).Length;
        return length;
    }

    private static void WriteRaw(IBufferWriter<byte> writer, OutputTensor output)
    {
        if (output.Type != ElementType.Text)
        {
            writer.Write(output.Raw);
            return;
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        for (var i = 0; i < output.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)output.Text(i).Length);
            writer.Write(length);
            writer.Write(output.Text(i));
        }
    }
}
