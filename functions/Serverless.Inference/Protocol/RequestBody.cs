using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Serverless.Core.Endpoints;

namespace Serverless.Inference.Protocol;

/// <summary>A request's whole body in pooled memory, bounded for itself and together with all others.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4096;
    private readonly BodyBudget budget;
    private byte[] buffer = [];
    private int length;

    private RequestBody(BodyBudget budget) => this.budget = budget;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Reads a body to its end.</summary>
    /// <returns>The body, or the answer that refuses it.</returns>
    public static async ValueTask<(RequestBody? Body, WireReply? Refusal)> ReadAsync(WireRequest request, long limit, BodyBudget budget, CancellationToken cancel)
    {
        if (request.ContentEncoding is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return (null, Replies.UnsupportedMedia($"The body has the Content-Encoding {Core.Names.Shown.Quote(encoding)}.", "Send it uncompressed."));
        if (request.ContentLength > limit)
            return (null, Replies.TooLarge(limit));
        var body = new RequestBody(budget);
        WireReply? refusal = null;
        try
        {
            refusal = await body.FillAsync(request, limit, cancel);
            return refusal is null ? (body, null) : (null, refusal);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            refusal = CutOff(request, body.length);
            return (null, refusal);
        }
        catch
        {
            body.Dispose();
            throw;
        }
        finally
        {
            if (refusal is not null)
                body.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (buffer.Length == 0)
            return;
        budget.GiveBack(buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private async ValueTask<WireReply?> FillAsync(WireRequest request, long limit, CancellationToken cancel)
    {
        // The announced length is a claim: memory follows what really comes.
        if (!Grow((int)Math.Clamp((request.ContentLength ?? 0) + 1, FirstBytes, 1 << 20)))
            return Full();
        while (true)
        {
            if (length == buffer.Length && !Grow(buffer.Length * 2L))
                return Full();
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancel);
            if (read == 0)
                return request.ContentLength is { } announced && announced != length ? CutOff(request, length) : null;
            length += read;
            if (length > limit)
                return Replies.TooLarge(limit);
        }
    }

    private bool Grow(long size)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(size, Array.MaxLength));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Bytes.CopyTo(larger);
        if (buffer.Length > 0)
        {
            budget.GiveBack(buffer.Length);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = larger;
        return true;
    }

    private static WireReply Full() => Replies.Busy("The host holds as many request bodies as it may.");

    private static WireReply CutOff(WireRequest request, int came)
    {
        var errors = new RequestErrors();
        errors.Add(
            "body",
            $"The body ended after {came} bytes; Content-Length is {request.ContentLength?.ToString(CultureInfo.InvariantCulture) ?? "not said"}.",
            "Send the whole body and its true length.");
        return Replies.Invalid(errors);
    }
}
