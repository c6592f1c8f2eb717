using Serverless.Misbehaver;

// One verb, then its values. What it does is what a job's program should not do, or what a test must see done.
return args switch
{
    ["echo-args", ..] => Plain.EchoArguments(args[1..]),
    ["exit", var code] => Plain.Number(code),
    ["flood", var bytes] => await Plain.FloodAsync(Plain.Number(bytes)),
    ["allocate", var bytes] => Plain.Allocate(Plain.Number(bytes)),
    ["hang"] => await Signals.HangAsync(),
    ["ignore-sigterm"] => await Signals.IgnoreTerminateAsync(),
    ["catch-sigterm", var code] => await Signals.CatchTerminateAsync(Plain.Number(code)),
    ["kill-self", var signal] => await Signals.KillSelfAsync(Plain.Number(signal)),
    ["fork", var then] => await Children.ForkAsync(then),
    ["torn-checkpoints", var count] => await Checkpoints.TornAsync(Plain.Number(count)),
    ["torn-then-hang"] => await Checkpoints.TornThenHangAsync(),
    ["epochs", var count, var milliseconds] => await Checkpoints.EpochsAsync(Plain.Number(count), Plain.Number(milliseconds)),
    ["events", var folder, var epochs, var milliseconds, var level] => await EventFiles.WriteAsync(folder, Plain.Number(epochs), Plain.Number(milliseconds), level),
    _ => Plain.Unknown(args),
};
