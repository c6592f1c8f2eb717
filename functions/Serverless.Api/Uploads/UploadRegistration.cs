using Microsoft.Extensions.DependencyInjection;
using Serverless.Core.Uploads;

namespace Serverless.Api.Uploads;

/// <summary>Brings uploads by events into a host.</summary>
public static class UploadRegistration
{
    /// <summary>Adds <see cref="UploadIntake"/> and <see cref="UploadSweep"/>. The host brings a <see cref="DropStore"/> and <see cref="ApiRegistration.AddServerlessApi"/>.</summary>
    public static IServiceCollection AddUploads(this IServiceCollection services) =>
        services.AddSingleton<UploadSet>().AddSingleton<UploadSweepSet>().AddSingleton<UploadIntake>().AddSingleton<UploadSweep>();
}
