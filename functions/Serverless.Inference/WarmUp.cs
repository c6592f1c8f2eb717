using Serverless.Core.Endpoints;
using Serverless.Inference.Options;
using Serverless.Inference.Protocol;
using Serverless.Inference.Rows;
using Serverless.OnnxRuntime;

namespace Serverless.Inference;

/// <summary>
/// Answers one prediction of each kind from a tiny model of its own, before anybody asks: the library's one-time work and the compilation of our code then are
/// behind us when the first real call comes, which else would wait for them ten times longer than for its model.
/// </summary>
internal static class WarmUp
{
    /// <summary>A number and a text in, the same as label and probabilities out; 249 bytes of ONNX.</summary>
    internal const string Model =
        "CAcSCnNlcnZlcmxlc3MaATE64QEKJgoEdGV4dBIFbGFiZWwaDW5vZGU6SWRlbnRpdHkiCElkZW50aXR5CjIKBm51bWJlchINcHJvYmFiaWxpdGllcxoPbm9k"
        + "ZTpJZGVudGl0eV8xIghJZGVudGl0eRIHd2FybS11cFocCgZudW1iZXISEgoQCAESDAoGEgRyb3dzCgIIAVoaCgR0ZXh0EhIKEAgIEgwKBhIEcm93cwoCCAFi"
        + "GwoFbGFiZWwSEgoQCAgSDAoGEgRyb3dzCgIIAWIjCg1wcm9iYWJpbGl0aWVzEhIKEAgBEgwKBhIEcm93cwoCCAFCAhAN";

    private static readonly EndpointModel Name = new("warm-up", 1);

    /// <summary>Answers them.</summary>
    /// <returns>The answers' statuses; all 200.</returns>
    public static async Task<IReadOnlyList<int>> RunAsync(NativeRuntime runtime, InferenceOptions options, TimeProvider time)
    {
        using var session = OnnxSession.Load(runtime, Convert.FromBase64String(Model), new SessionSettings(options.IntraOpThreads));
        var budget = new BodyBudget(options.MaxBufferedBytes);
        return
        [
            await AnswerAsync("""{"rows":[{"number":1.5,"text":"a"},{"text":"b","number":null}]}"""u8.ToArray(), session, budget, time, (body, call, errors) =>
            {
                var inputs = new RowInputs(call);
                inputs.Complete(inputs.CanTakeRows(errors) ? JsonRowReader.Read(body.Bytes, inputs, options.MaxRows, errors) : 0);
                call.Run(options.RunLimit, CancellationToken.None);
                return JsonPredictionWriter.Write(Name, PredictionForm.Of(call, 2, out _)!, 2);
            }),
            await AnswerAsync(
                """{"inputs":[{"name":"number","shape":[1,1],"datatype":"FP32","data":[1.5]},{"name":"text","shape":[1,1],"datatype":"BYTES","data":["a"]}]}"""u8.ToArray(),
                session,
                budget,
                time,
                (body, call, errors) =>
                {
                    var ask = InferRequestReader.Read(body.Bytes, default, call, options.MaxRows, errors);
                    call.Run(options.RunLimit, CancellationToken.None);
                    return InferReplyWriter.Write(Name.Name, Name, ask, call);
                }),
        ];
    }

    private static async Task<int> AnswerAsync(
        byte[] request, OnnxSession session, BodyBudget budget, TimeProvider time, Func<RequestBody, InferenceCall, RequestErrors, WireReply> answer)
    {
        var (body, _) = await RequestBody.ReadAsync(new WireRequest { Body = new MemoryStream(request), ContentLength = request.Length }, request.Length, budget, CancellationToken.None);
        using (body)
        {
            using var call = session.Rent(time);
            var errors = new RequestErrors();
            var reply = answer(body!, call, errors);
            return errors.Any ? Replies.Invalid(errors).Status : reply.Status;
        }
    }
}
