using Serverless.Inference.Checks;
using Serverless.Local.Options;
using Serverless.Local.Running;

// Before anything else is built: the check of a new model is a process of its own that must begin quickly and small.
if (args is [CheckVerb.Name, ..])
    return CheckProgram.Run(args.AsSpan(1));

var (options, errors) = LocalOptionsReader.Read(args, Environment.GetEnvironmentVariable);
if (options is not null)
    return await LocalHost.RunAsync(options);
foreach (var error in errors)
    Console.Error.WriteLine(error);
Console.Error.WriteLine(LocalOptionsReader.Usage);
return ExitCodes.Usage;
