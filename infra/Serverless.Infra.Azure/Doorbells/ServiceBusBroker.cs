using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Serverless.Core.Doorbells.Brokers;

namespace Serverless.Infra.Azure.Doorbells;

/// <summary>Service Bus as a broker of rings. See <c>docs/mechanisms/azure-storage.md</c>.</summary>
internal sealed class ServiceBusBroker(ServiceBusClients clients, ServiceBusDoorbellOptions options, TimeProvider clock) : IRingBroker, IAsyncDisposable
{
    private const int DeadPage = 250;

    private readonly HashSet<string> ordered = [.. options.OrderedQueues];
    private readonly ConcurrentDictionary<string, ServiceBusSender> senders = [];
    private readonly ConcurrentDictionary<string, ServiceBusReceiver> receivers = [];

    /// <inheritdoc/>
    public bool KeepsOrder(string queue) => ordered.Contains(queue);

    /// <inheritdoc/>
    public Task SendAsync(string queue, RingMessage message, CancellationToken cancel) => ServiceBusFailures.CallAsync($"Ringing '{queue}'", async () =>
    {
        await senders.GetOrAdd(queue, clients.Main.CreateSender).SendMessageAsync(ServiceBusMessages.Write(message), cancel);
        return true;
    }, cancel);

    /// <inheritdoc/>
    public Task<ILentMessage?> ReceiveAsync(string queue, TimeSpan wait, CancellationToken cancel) => ServiceBusFailures.CallAsync($"Taking from '{queue}'", () =>
        KeepsOrder(queue) ? NextSessionAsync(queue, cancel) : NextMessageAsync(queue, wait, cancel), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadMessage>> DeadAsync(string queue, CancellationToken cancel) => ServiceBusFailures.CallAsync($"Looking at what '{queue}' put aside", async () =>
    {
        await using var receiver = clients.Main.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var dead = new List<DeadMessage>();
        IReadOnlyList<ServiceBusReceivedMessage> page;
        for (long? from = null; dead.Count < options.MaxDeadRead; from = page[^1].SequenceNumber + 1)
        {
            page = await receiver.PeekMessagesAsync(DeadPage, from, cancel);
            if (page.Count == 0)
                break;
            dead.AddRange(page.Select(ServiceBusMessages.ReadDead));
        }

        return (IReadOnlyList<DeadMessage>)dead;
    }, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var sender in senders.Values)
            await sender.DisposeAsync();
        foreach (var receiver in receivers.Values)
            await receiver.DisposeAsync();
    }

    private async Task<ILentMessage?> NextMessageAsync(string queue, TimeSpan wait, CancellationToken cancel)
    {
        var receiver = receivers.GetOrAdd(queue, clients.Main.CreateReceiver);
        return await receiver.ReceiveMessageAsync(wait > options.Look ? wait : options.Look, cancel) is { } message ? Lent(receiver, message, message.LockedUntil) : null;
    }

    /// <summary>The first message of the next session that nobody has. A session that comes after the taker has gone is let go of.</summary>
    private async Task<ILentMessage?> NextSessionAsync(string queue, CancellationToken cancel)
    {
        var accepting = AcceptAsync(queue);
        ServiceBusSessionReceiver? session;
        try
        {
            session = await accepting.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            _ = LetGoAsync(accepting);
            throw;
        }

        if (session is null)
            return null;
        try
        {
            if (await session.ReceiveMessageAsync(options.SessionLook, cancel) is { } message)
                return Lent(session, message, session.SessionLockedUntil);
        }
        catch (Exception)
        {
            await session.CloseAsync(CancellationToken.None);
            throw;
        }

        await session.CloseAsync(CancellationToken.None);
        return null;
    }

    private async Task<ServiceBusSessionReceiver?> AcceptAsync(string queue)
    {
        try
        {
            return await clients.Sessions.AcceptNextSessionAsync(queue, null, CancellationToken.None);
        }
        catch (ServiceBusException none) when (none.Reason == ServiceBusFailureReason.ServiceTimeout)
        {
            return null;
        }
    }

    private static async Task LetGoAsync(Task<ServiceBusSessionReceiver?> accepting)
    {
        try
        {
            if (await accepting is { } session)
                await session.CloseAsync(CancellationToken.None);
        }
        catch (ServiceBusException)
        {
            // Nobody waits for it any more; a lock that was given ends by itself.
        }
    }

    private LentMessage Lent(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, DateTimeOffset until)
    {
        var loan = until - clock.GetUtcNow();
        return new LentMessage(receiver, message, loan > TimeSpan.FromSeconds(1) ? loan : TimeSpan.FromSeconds(1), clock);
    }
}
