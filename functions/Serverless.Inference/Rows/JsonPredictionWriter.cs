using System.Text.Json;
using Serverless.Core.Endpoints;
using Serverless.Inference.Protocol;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>Writes predictions as JSON (the contract's PredictResponse).</summary>
internal static class JsonPredictionWriter
{
    /// <summary>Writes them.</summary>
    public static WireReply Write(EndpointModel model, PredictionForm form, int rows)
    {
        var buffer = ReplyBuffer.Rent();
        try
        {
            var writer = buffer.Json();
            writer.WriteStartObject();
            writer.WriteString("model"u8, model.ToString());
            writer.WriteStartArray("predictions"u8);
            for (var row = 0; row < rows; row++)
                WriteRow(writer, form, row);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.Flush();
            return new WireReply { Status = 200, ContentType = Replies.Json, Body = buffer.ToArray() };
        }
        finally
        {
            buffer.Return();
        }
    }

    private static void WriteRow(Utf8JsonWriter writer, PredictionForm form, int row)
    {
        writer.WriteStartObject();
        if (form.Label is { } label)
        {
            writer.WritePropertyName("label"u8);
            JsonTensorWriter.WriteOne(writer, label, row);
        }

        if (form.Probabilities is not null)
        {
            writer.WriteStartObject("probabilities"u8);
            for (var column = 0; column < form.EncodedClasses.Count; column++)
                WriteProbability(writer, form, row, column);
            writer.WriteEndObject();
        }

        if (form.Others.Count > 0)
        {
            writer.WriteStartObject("outputs"u8);
            foreach (var output in form.Others)
                WriteOther(writer, output, row);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteProbability(Utf8JsonWriter writer, PredictionForm form, int row, int column)
    {
        writer.WritePropertyName(form.EncodedClasses[column]);
        JsonTensorWriter.WriteOne(writer, form.Probabilities!, (row * form.Classes.Count) + column);
    }

    private static void WriteOther(Utf8JsonWriter writer, OutputTensor output, int row)
    {
        var perRow = PredictionForm.PerRow(output);
        writer.WritePropertyName(output.Port.NameUtf8);
        if (perRow == 1)
        {
            JsonTensorWriter.WriteOne(writer, output, row);
            return;
        }

        writer.WriteStartArray();
        JsonTensorWriter.Write(writer, output, row * perRow, perRow);
        writer.WriteEndArray();
    }
}
