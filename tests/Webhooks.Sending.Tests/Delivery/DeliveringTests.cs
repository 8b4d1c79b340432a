using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Delivery;

/// <summary>What becomes of a published message, seen from outside.</summary>
public sealed class DeliveringTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RetryPolicy ThreeTries = RetryPolicy.Fixed(Minute, maxAttempts: 3);

    [Fact]
    public async Task A_published_message_reaches_each_endpoint_and_the_attempt_is_kept()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        await host.EndpointAsync("two");
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(202));

        var message = await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 2);

        Assert.All(host.Receivers.Arrivals, arrival => Assert.Equal(message.Id.Value, arrival.MessageId));
        Assert.Equal(["one", "two"], host.Receivers.Arrivals.Select(arrival => arrival.Receiver).Order());
        var attempt = Assert.Single(await host.Store.FindAttemptsAsync((await host.AllAsync())[0].Id, Cancel));
        Assert.Equal((1, 202, WebhookErrorKind.None), (attempt.Number, attempt.StatusCode, attempt.Error));
        Assert.Equal((The.Now, AttemptTrigger.Schedule), (attempt.StartedAt, attempt.Trigger));
    }

    [Fact]
    public async Task What_was_published_before_the_start_is_delivered_too()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");
        await host.PublishAsync(100);

        await host.StartAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 100);

        Assert.Equal(100, host.Receivers.Count);
    }

    [Fact]
    public async Task A_process_that_only_publishes_delivers_nothing()
    {
        await using var host = await DeliveryHost.StartAsync(options => options.Enabled = false);
        await host.EndpointAsync("one");

        await host.PublishAsync();
        await host.SettleAsync();

        Assert.Equal(0, host.Receivers.Count);
        Assert.Equal(0, host.Store[nameof(WebhookStore.ClaimAsync)]);
    }

    [Fact]
    public async Task A_failed_attempt_is_made_again_when_the_policy_says_and_not_before()
    {
        await using var host = await StartAsync(ThreeTries);
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, number, _) => Task.FromResult(Some.Response(number < 3 ? 500 : 204));

        await host.PublishAsync();
        await host.UntilTriedAsync(1);
        host.Clock.Advance(Minute - TimeSpan.FromSeconds(1));
        await host.SettleAsync();
        var early = host.Receivers.Count;
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.UntilTriedAsync(2);
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(1, early);
        Assert.Equal([The.Now, The.Now + Minute, The.Now + (2 * Minute)], host.Receivers.Arrivals.Select(a => a.At));
        Assert.Equal([(1, 500), (2, 500), (3, 204)], (await host.AttemptsAsync()).Select(a => (a.Number, a.StatusCode!.Value)));
    }

    [Fact]
    public async Task When_the_policy_allows_no_more_it_is_given_up_with_one_error_in_the_log()
    {
        await using var host = await StartAsync(RetryPolicy.None);
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(500));

        var message = await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.RetriesExhausted, (await host.OnlyAsync()).Failure);
        var log = Assert.Single(host.Logs.GetSnapshot(), log => log.Level == LogLevel.Error);
        Assert.Equal(302, log.Id.Id);
        Assert.Contains(message.Id.Value, log.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(410, "")]
    [InlineData(500, "disable")]
    [InlineData(500, "abort-message")]
    public async Task A_receiver_that_wants_no_more_ends_it(int status, string directive)
    {
        await using var host = await StartAsync(ThreeTries);
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, _) => Task.FromResult(
            Some.Response(status, [.. directive.Length > 0 ? [("webhook-delivery", directive)] : Array.Empty<(string, string)>()]));

        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.EndedByReceiver, (await host.OnlyAsync()).Failure);
        Assert.Equal(1, host.Receivers.Count);
    }

    [Fact]
    public async Task What_can_only_ever_fail_is_tried_once()
    {
        await using var host = await StartAsync(ThreeTries);
        await host.EndpointAsync("one", endpoint => endpoint with { Authorization = WebhookAuthorization.ApiKey("X-Key", "k") });

        await host.PublishAsync(message => message with { Headers = new Dictionary<string, string> { ["X-Key"] = "m" } });
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.Unsendable, (await host.OnlyAsync()).Failure);
        Assert.Equal(WebhookErrorKind.RequestInvalid, Assert.Single(await host.AttemptsAsync()).Error);
    }

    [Fact]
    public async Task A_message_that_has_expired_fails_without_an_attempt()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");
        await host.PublishAsync(message => message with { ExpiresAt = The.Now + Minute });

        host.Clock.Advance(Minute);
        await host.StartAsync();
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.Expired, (await host.OnlyAsync()).Failure);
        Assert.Empty(await host.AttemptsAsync());
        Assert.Equal(0, host.Receivers.Count);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 302);
    }

    [Fact]
    public async Task A_message_expires_when_it_does_and_not_at_its_next_retry()
    {
        await using var host = await StartAsync(RetryPolicy.Fixed(TimeSpan.FromDays(1), maxAttempts: 3));
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(500));

        await host.PublishAsync(message => message with { ExpiresAt = The.Now + Minute });
        await host.UntilTriedAsync(1);
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.Expired, (await host.OnlyAsync()).Failure);
        Assert.Single(await host.AttemptsAsync());
    }

    [Fact]
    public async Task A_policy_that_throws_ends_the_delivery_visibly()
    {
        await using var host = await StartAsync(new ThrowingPolicy());
        await host.EndpointAsync("one");
        await host.EndpointAsync("good");
        host.Receivers.Answer = (receiver, _, _) => Task.FromResult(Some.Response(receiver == "one" ? 500 : 204));

        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.RetryPolicyThrew, Assert.Single(await host.AllAsync(DeliveryState.Failed)).Failure);
        Assert.Single(await host.AllAsync(DeliveryState.Succeeded));
        Assert.Contains(host.Logs.GetSnapshot(), log => log is { Id.Id: 205, Exception.Message: "Ouch." });
    }

    [Fact]
    public async Task Redelivering_begins_a_new_round_of_tries_and_counts_attempts_on()
    {
        await using var host = await StartAsync(RetryPolicy.Fixed(Minute, maxAttempts: 2));
        var endpoint = await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(500));
        var message = await host.PublishAsync();
        await host.UntilTriedAsync(1);
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Failed);

        await host.Deliveries.RedeliverAsync(message.Id, endpoint.Endpoint.Id, Cancel);
        await host.UntilTriedAsync(3);
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(
            [
                (1, AttemptTrigger.Schedule), (2, AttemptTrigger.Schedule), (3, AttemptTrigger.Manual),
                (4, AttemptTrigger.Schedule),
            ],
            (await host.AttemptsAsync()).Select(attempt => (attempt.Number, attempt.Trigger)));
    }

    [Fact]
    public async Task An_endpoint_deleted_while_a_request_is_under_way_has_its_delivery_cancelled()
    {
        await using var host = await DeliveryHost.StartAsync();
        var endpoint = await host.EndpointAsync("one");
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;
        await host.PublishAsync();
        await host.UntilArrivedAsync(1);

        await host.Endpoints.DeleteAsync(endpoint.Endpoint.Id, Cancel);
        answer.SetResult(Some.Response(500));
        await host.UntilLoggedAsync(305);

        Assert.Equal(DeliveryState.Cancelled, (await host.OnlyAsync()).State);
    }

    [Fact]
    public async Task A_disabled_endpoint_gets_what_waited_when_it_is_enabled_and_no_attempt_is_lost()
    {
        await using var host = await StartAsync(RetryPolicy.Fixed(Minute, maxAttempts: 2));
        var endpoint = await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, number, _) => number == 1 ? answer.Task : Task.FromResult(Some.Response());
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(1);

        await host.Endpoints.DisableAsync(endpoint.Endpoint.Id, "Tests it.", Cancel);
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Pending, 2);
        await host.SettleAsync();
        var whileDisabled = host.Receivers.Count;
        await host.Endpoints.EnableAsync(endpoint.Endpoint.Id, Cancel);
        await host.UntilAsync(DeliveryState.Succeeded, 3);

        Assert.Equal(1, whileDisabled);
        Assert.All(await host.AllAsync(), delivery => Assert.Equal(1, delivery.Attempts));
    }

    [Fact]
    public async Task An_endpoint_that_can_not_be_read_fails_attempts_until_it_is_mended()
    {
        var isBroken = true;
        await using var host = await StartAsync(
            ThreeTries, options => options.PrepareEndpoint = endpoint => Volatile.Read(ref isBroken)
                ? throw new InvalidOperationException("No key.")
                : endpoint);
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.EndpointAsync("one");

        await other.PublishAsync();
        await host.SettleAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.UntilTriedAsync(1);
        Volatile.Write(ref isBroken, false);
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal([WebhookErrorKind.Unknown, WebhookErrorKind.None], (await host.AttemptsAsync()).Select(a => a.Error));
        Assert.Contains("PrepareEndpoint threw", (await host.AttemptsAsync())[0].ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 307);
    }

    [Fact]
    public async Task An_endpoint_that_is_never_mended_ends_as_unusable()
    {
        await using var host = await StartAsync(
            RetryPolicy.None, options => options.PrepareEndpoint = _ => throw new InvalidOperationException("No key."));
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.EndpointAsync("one");

        await other.PublishAsync();
        await host.SettleAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.UntilAsync(DeliveryState.Failed);

        Assert.Equal(DeliveryFailure.EndpointUnusable, (await host.OnlyAsync()).Failure);
    }

    private static Task<DeliveryHost> StartAsync(
        RetryPolicy policy, Action<WebhookSenderOptions>? configure = null)
        => DeliveryHost.StartAsync(sending: options =>
        {
            options.RetryPolicy = policy;
            configure?.Invoke(options);
        });

    private sealed class ThrowingPolicy : RetryPolicy
    {
        public override RetryDecision Decide(RetryContext context) => throw new InvalidOperationException("Ouch.");
    }
}
