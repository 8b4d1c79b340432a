// Sends one signed webhook from the command line. For its arguments, run it without any.
using Microsoft.Extensions.DependencyInjection;
using Sender;
using Webhooks;

if (!SenderArguments.TryParse(args, out var arguments, out var fault))
{
    Console.Error.WriteLine(args.Length == 0 ? SenderArguments.Usage : $"{fault}\n\n{SenderArguments.Usage}");
    return 2;
}

var services = new ServiceCollection();
services.AddWebhookSender(options =>
{
    options.Network.AllowPrivateNetworks = arguments.AllowPrivateNetworks;
    options.RetryPolicy = RetryPolicy.Exponential(TimeSpan.FromSeconds(1), arguments.Attempts);
});
await using var provider = services.BuildServiceProvider();
var sender = provider.GetRequiredService<IWebhookSender>();

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

WebhookSendResult result;
try
{
    result = await sender.SendAsync(arguments.Message, arguments.Endpoint, interrupted.Token);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return 1;
}

foreach (var attempt in result.Attempts)
{
    Console.WriteLine(attempt);
    if (!attempt.Succeeded)
        Console.WriteLine($"    {attempt.Error}. {attempt.ErrorMessage ?? attempt.ResponseSnippet}");
}

Console.WriteLine($"{result.Status}: message {result.MessageId}, {arguments.Message.Payload.Length} bytes");
return result.Succeeded ? 0 : 1;
