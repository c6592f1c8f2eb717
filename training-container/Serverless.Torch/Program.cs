using Serverless.Torch.Trainers;

return TrainerProgram.Run(args, Console.Out, Console.Error);
