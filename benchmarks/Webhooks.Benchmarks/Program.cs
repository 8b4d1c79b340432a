using Webhooks.Benchmarks;

return await BenchmarkCommand.RunAsync(args).ConfigureAwait(false);
