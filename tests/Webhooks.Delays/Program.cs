using Webhooks.Delays;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var programs = options.Projects.Select(TestProgram.Make).ToArray();
var failed = 0;
for (var seed = options.Seed; seed < options.Seed + options.Runs; seed++)
    failed += await programs[0].RunAsync(options, seed) ? 0 : 1;
Console.WriteLine($"{failed} of {options.Runs} runs failed");
return failed == 0 ? 0 : 1;
