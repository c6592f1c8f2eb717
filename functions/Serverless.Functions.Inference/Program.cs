using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Serverless.Functions.Inference.Hosting;
using Serverless.Inference.Checks;

// Before anything else is built: the check of a new model is a process of its own that must begin quickly and small.
if (args is [InferenceApp.CheckVerb, ..])
    return CheckProgram.Run(args.AsSpan(1));

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
InferenceApp.Add(builder.Services, builder.Configuration);
await builder.Build().RunAsync();
return 0;
