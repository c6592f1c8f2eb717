using System.Net;

namespace Serverless.Infra.Azure.Tests.Services;

/// <summary>What goes wrong between a client and a server, request by request.</summary>
internal sealed class Faults : DelegatingHandler
{
    private readonly Queue<Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>> next = [];
    private readonly Lock gate = new();
    private Predicate<HttpRequestMessage> meant = _ => true;

    /// <summary>How many requests went by.</summary>
    public int Requests { get; private set; }

    /// <summary>How many faults have not happened yet.</summary>
    public int Left
    {
        get
        {
            lock (gate)
                return next.Count;
        }
    }

    /// <summary>Only requests like these have faults.</summary>
    public Faults On(Predicate<HttpRequestMessage> requests)
    {
        meant = requests;
        return this;
    }

    /// <summary>Answers in place of the server.</summary>
    public Faults Answer(HttpStatusCode status, int times = 1, string code = "Fault")
    {
        for (var i = 0; i < times; i++)
        {
            next.Enqueue((request, _) =>
            {
                var answer = new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>A fault.</Message></Error>", System.Text.Encoding.UTF8, "application/xml") };
                answer.Headers.Add("x-ms-error-code", code);
                return Task.FromResult(answer);
            });
        }

        return this;
    }

    /// <summary>Cuts the connection before the server hears of it.</summary>
    public Faults Cut()
    {
        next.Enqueue((_, _) => throw new HttpRequestException("The connection was cut."));
        return this;
    }

    /// <summary>Lets the server do it, and loses the answer.</summary>
    public Faults LoseAnswer()
    {
        next.Enqueue(async (_, send) =>
        {
            (await send()).Dispose();
            throw new HttpRequestException("The connection was cut before the answer came.");
        });
        return this;
    }

    /// <summary>Cuts the answer's body after some bytes.</summary>
    public Faults CutBody(int after)
    {
        next.Enqueue(async (_, send) =>
        {
            var answer = await send();
            var whole = answer.Content;
            answer.Content = new StreamContent(new CutStream(await whole.ReadAsStreamAsync(), after));
            foreach (var (name, values) in whole.Headers)
                answer.Content.Headers.TryAddWithoutValidation(name, values);
            return answer;
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? fault = null;
        lock (gate)
        {
            Requests++;
            if (meant(request))
                next.TryDequeue(out fault);
        }

        return fault is null ? await base.SendAsync(request, cancellationToken) : await fault(request, () => base.SendAsync(request, cancellationToken));
    }

    private sealed class CutStream(Stream inner, int left) : Stream
    {
        private int left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left <= 0)
                throw new IOException("The connection was cut.");
            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, left)], cancellationToken);
            left -= read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
