using System.Globalization;
using System.Text.Json;
using Serverless.Contracts.Inference;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Inference.Options;
using Serverless.Inference.Protocol;
using Serverless.Inference.Routing;
using Serverless.Inference.Rows;
using Serverless.OnnxRuntime;
using Serverless.Inference.Sessions;
using Serverless.Inference.Telemetry;

namespace Serverless.Inference;

/// <summary>Answers predictions: finds who answers, reads the bounded body, waits for the session, fills its buffers, runs it, writes the answer.</summary>
internal sealed class Predictor(EndpointRoutes routes, SessionPool sessions, BodyBudget budget, InferenceOptions options, TimeProvider time) : IPredictor
{
    private const string Csv = "text/csv";

    /// <summary>Answers from a run whose inputs are in the call's buffers, or says what is wrong with them.</summary>
    private delegate WireReply Answer(EndpointModel model, RequestBody body, InferenceCall call, CancellationToken cancel);

    /// <inheritdoc/>
    public Task<WireReply> InferAsync(string endpoint, WireRequest request, CancellationToken cancel) =>
        AnswerAsync(endpoint, request, (model, body, call, stop) => Infer(endpoint, request, model, body, call, stop), cancel);

    /// <inheritdoc/>
    public Task<WireReply> PredictAsync(string endpoint, WireRequest request, CancellationToken cancel)
    {
        var isCsv = IsMedia(request.ContentType, Csv);
        return isCsv || request.ContentType is null || IsMedia(request.ContentType, Replies.Json)
            ? AnswerAsync(endpoint, request, (model, body, call, stop) => Predict(request, isCsv, model, body, call, stop), cancel)
            : Task.FromResult(Replies.UnsupportedMedia($"The Content-Type {Shown.Quote(request.ContentType)} is not read here.", "Send application/json or text/csv."));
    }

    /// <inheritdoc/>
    public async Task<WireReply> MetadataAsync(string endpoint, CancellationToken cancel)
    {
        try
        {
            var (route, model, refusal) = await FindAsync(endpoint, null, cancel);
            if (refusal is not null)
                return refusal;
            using var lease = await sessions.AcquireAsync(model!, route!.Idle, cancel);
            if (lease is null)
                return Waiting(model!);
            var metadata = new InferMetadata
            {
                Name = endpoint,
                Versions = [.. route.Shares.Select(share => share.Model.ToString())],
                Platform = "onnxruntime_onnx",
                Inputs = [.. lease.Value.Session.Inputs.Select(PortSignature.Of)],
                Outputs = [.. lease.Value.Session.Outputs.Select(PortSignature.Of)],
            };
            return new WireReply { Status = 200, ContentType = Replies.Json, Body = JsonSerializer.SerializeToUtf8Bytes(metadata, ContractsJson.Default.InferMetadata) };
        }
        catch (ServerlessException failure)
        {
            return Replies.Failed(failure);
        }
    }

    /// <inheritdoc/>
    public async Task<WireReply> ReadyAsync(string endpoint, CancellationToken cancel)
    {
        try
        {
            var (_, _, refusal) = await FindAsync(endpoint, null, cancel);
            return refusal ?? new WireReply { Status = 200, ContentType = Replies.Json, Body = "{\"ready\":true}"u8.ToArray() };
        }
        catch (ServerlessException failure)
        {
            return Replies.Failed(failure);
        }
    }

    private async Task<WireReply> AnswerAsync(string endpoint, WireRequest request, Answer answer, CancellationToken cancel)
    {
        var began = InferenceTelemetry.Begin();
        EndpointRoute? route = null;
        WireReply? reply = null;
        try
        {
            (route, var model, reply) = await FindAsync(endpoint, request.StickyKey, cancel);
            if (reply is not null)
                return reply;
            (var body, reply) = await RequestBody.ReadAsync(request, options.MaxBodyBytes, budget, cancel);
            using (body)
            {
                if (body is null)
                    return reply!;
                using var lease = await sessions.AcquireAsync(model!, route!.Idle, cancel);
                if (lease is null)
                    return reply = Waiting(model!);
                using var call = lease.Value.Session.Rent(time);
                return reply = answer(model!, body, call, cancel);
            }
        }
        catch (ServerlessException failure)
        {
            return reply = Replies.Failed(failure);
        }
        finally
        {
            if (route is not null && reply is not null)
                InferenceTelemetry.Answered(began, route, reply.Status, time);
        }
    }

    private async ValueTask<(EndpointRoute? Route, EndpointModel? Model, WireReply? Refusal)> FindAsync(string endpoint, string? stickyKey, CancellationToken cancel)
    {
        if (!NameRules.IsName(endpoint) || await routes.FindAsync(endpoint, cancel) is not { } route)
            return (null, null, Replies.NoEndpoint(endpoint));
        return route.Choose(stickyKey) is { } model ? (route, model, null) : (null, null, Replies.NoTraffic(endpoint));
    }

    private WireReply Infer(string endpoint, WireRequest request, EndpointModel model, RequestBody body, InferenceCall call, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var (json, binary) = Split(request, body, errors);
        if (errors.Any)
            return Replies.Invalid(errors);
        var ask = InferRequestReader.Read(json, binary, call, options.MaxRows, errors);
        return errors.Any ? Replies.Invalid(errors) : Run(model, call, cancel) ?? InferReplyWriter.Write(endpoint, model, ask, call);
    }

    private WireReply Predict(WireRequest request, bool isCsv, EndpointModel model, RequestBody body, InferenceCall call, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var inputs = new RowInputs(call);
        var rows = !inputs.CanTakeRows(errors) ? 0
            : isCsv ? CsvRowReader.Read(body.Bytes, inputs, options.MaxRows, errors)
            : JsonRowReader.Read(body.Bytes, inputs, options.MaxRows, errors);
        if (errors.Any)
            return Replies.Invalid(errors);
        inputs.Complete(rows);
        if (Run(model, call, cancel) is { } failed)
            return failed;
        if (PredictionForm.Of(call, rows, out var odd) is not { } form)
            return Replies.ModelFailed(model, $"Its output '{odd}' has not one part a row. Call POST /v2/models/{{name}}/infer instead.");
        return WantsCsv(request.Accept) ? CsvPredictionWriter.Write(form, rows) : JsonPredictionWriter.Write(model, form, rows);
    }

    private WireReply? Run(EndpointModel model, InferenceCall call, CancellationToken cancel)
    {
        try
        {
            call.Run(options.RunLimit, cancel);
            return null;
        }
        catch (OnnxException failure)
        {
            cancel.ThrowIfCancellationRequested();
            return call.Stopped ? Replies.ModelLate(model, options.RunLimit) : Replies.ModelFailed(model, failure.Message);
        }
    }

    private WireReply Waiting(EndpointModel model) => Replies.Busy($"{options.MaxWaiting} calls of {model} wait already, the limit.");

    /// <summary>The JSON part and what follows it; all is JSON when the request does not say where it ends.</summary>
    private static BodyParts Split(WireRequest request, RequestBody body, RequestErrors errors)
    {
        if (request.InferenceHeaderContentLength is not { } text)
            return new BodyParts(body.Bytes, default);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= body.Bytes.Length)
            return new BodyParts(body.Bytes[..(int)length], body.Bytes[(int)length..]);
        errors.Add(
            "Inference-Header-Content-Length",
            $"The header Inference-Header-Content-Length is {Shown.Quote(text, 40)}; the body has {body.Bytes.Length} bytes.",
            "Give the length in bytes of the JSON part at the body's beginning, or leave the header out.");
        return default;
    }

    private static bool IsMedia(string? header, string media) =>
        header is not null && header.AsSpan().TrimStart().StartsWith(media, StringComparison.OrdinalIgnoreCase)
        && (header.AsSpan().TrimStart()[media.Length..].TrimStart() is [] or [';', ..]);

    private static bool WantsCsv(string? accept) => accept?.Split(',').Select(part => part.Trim()).FirstOrDefault(part => IsMedia(part, Csv) || IsMedia(part, Replies.Json)) is { } first && IsMedia(first, Csv);

    private readonly ref struct BodyParts(ReadOnlySpan<byte> json, ReadOnlySpan<byte> binary)
    {
        private readonly ReadOnlySpan<byte> json = json;
        private readonly ReadOnlySpan<byte> binary = binary;

        public void Deconstruct(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second)
        {
            first = json;
            second = binary;
        }
    }
}
