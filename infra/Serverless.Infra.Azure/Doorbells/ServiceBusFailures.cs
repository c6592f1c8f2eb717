using Azure.Messaging.ServiceBus;
using Serverless.Core.Failures;

namespace Serverless.Infra.Azure.Doorbells;

/// <summary>What the Service Bus client throws, in the words of the ports.</summary>
internal static class ServiceBusFailures
{
    public static async Task<T> CallAsync<T>(string what, Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (Exception failed) when (Understand(what, failed, cancel) is { } known)
        {
            throw known;
        }
    }

    /// <summary>Settles a message: false when its lock is lost.</summary>
    public static Task<bool> SettleAsync(string what, Func<Task> settle, CancellationToken cancel) => CallAsync(what, async () =>
    {
        try
        {
            await settle();
            return true;
        }
        catch (ServiceBusException lost) when (lost.Reason is ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.SessionLockLost or ServiceBusFailureReason.MessageNotFound)
        {
            return false;
        }
    }, cancel);

    private static ServerlessException? Understand(string what, Exception failed, CancellationToken cancel) => failed switch
    {
        ServiceBusException refused => RemoteFailures.Of(what, Status(refused), refused.Reason.ToString(), refused.Message, refused),
        UnauthorizedAccessException denied => RemoteFailures.Of(what, 403, null, denied.Message, denied),
        TimeoutException late => RemoteFailures.Of(what, 0, null, late.Message, late),
        OperationCanceledException late when !cancel.IsCancellationRequested => RemoteFailures.Of(what, 0, null, late.Message, late),
        _ => null,
    };

    /// <summary>The HTTP status that says the same.</summary>
    private static int Status(ServiceBusException refused) => refused.Reason switch
    {
        ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled => 404,
        ServiceBusFailureReason.MessageSizeExceeded => 413,
        ServiceBusFailureReason.QuotaExceeded => 507,
        ServiceBusFailureReason.ServiceBusy => 429,
        ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceCommunicationProblem => 0,
        _ => refused.IsTransient ? 503 : 400,
    };
}
