using Azure.Messaging.ServiceBus;
using Serverless.Core.Doorbells.Brokers;

namespace Serverless.Infra.Azure.Doorbells;

/// <summary>A message under peek-lock, in its session if it has one; the session is let go of with the message.</summary>
internal sealed class LentMessage(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, TimeSpan loan, TimeProvider clock) : ILentMessage
{
    private readonly ServiceBusSessionReceiver? session = receiver as ServiceBusSessionReceiver;

    public RingMessage Message { get; } = ServiceBusMessages.Read(message);

    public int Deliveries => message.DeliveryCount;

    public TimeSpan Loan => loan;

    public Task<bool> RenewAsync(CancellationToken cancel) => ServiceBusFailures.SettleAsync("Renewing the lock of a ring",
        () => session is null ? receiver.RenewMessageLockAsync(message, cancel) : session.RenewSessionLockAsync(cancel), cancel);

    public Task<bool> CompleteAsync(CancellationToken cancel) => EndAsync("Completing a ring", () => receiver.CompleteMessageAsync(message, cancel), cancel);

    public Task<bool> AbandonAsync(CancellationToken cancel) => EndAsync("Returning a ring", () => receiver.AbandonMessageAsync(message, null, cancel), cancel);

    public Task<bool> PutAsideAsync(string reason, CancellationToken cancel) => EndAsync("Putting a ring aside",
        () => receiver.DeadLetterMessageAsync(message, ServiceBusMessages.Aside(clock.GetUtcNow()), reason, null, cancel), cancel);

    /// <summary>Closing a session gives its messages back without counting; a message without one can only be abandoned.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        if (session is null)
            await AbandonAsync(cancel);
        else
            await session.CloseAsync(cancel);
    }

    private async Task<bool> EndAsync(string what, Func<Task> settle, CancellationToken cancel)
    {
        var done = await ServiceBusFailures.SettleAsync(what, settle, cancel);
        if (session is not null)
            await session.CloseAsync(CancellationToken.None);
        return done;
    }
}
