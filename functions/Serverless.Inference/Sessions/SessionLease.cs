using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>The right to run a session once; while it is held, the session stays loaded.</summary>
internal readonly struct SessionLease(ModelSlot slot, OnnxSession session) : IDisposable
{
    /// <summary>The session.</summary>
    public OnnxSession Session => session;

    /// <inheritdoc/>
    public void Dispose() => slot.Release(ran: true);
}
