using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>The application runs once for each webhook that it accepts, and again for each that it doesn't.</summary>
public class DropDuplicatesTests
{
    private readonly Copies _copies = Copies.New();
    private int _runs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_copy_is_answered_200_and_not_handled()
    {
        await using var receiver = await StartAsync();

        var first = await receiver.StatusOfAsync(_copies.Next());
        using var second = await receiver.SendAsync(_copies.Next());

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (first, second.StatusCode));
        Assert.Equal(0, second.Content.Headers.ContentLength ?? 0);
        Assert.Single(receiver.Handled);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 570);
    }

    [Fact]
    public async Task Other_webhooks_are_handled()
    {
        await using var receiver = await StartAsync();

        await receiver.StatusOfAsync(_copies.Next());
        await receiver.StatusOfAsync(Copies.New().Next());

        Assert.Equal(2, receiver.Handled.Count);
    }

    [Fact]
    public async Task Without_it_every_copy_is_handled()
    {
        await using var receiver = await Receiver.StartAsync();

        await receiver.StatusOfAsync(_copies.Next());
        await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(2, receiver.Handled.Count);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(204, false)]
    [InlineData(299, false)]
    [InlineData(302, true)]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task A_copy_is_handled_again_unless_the_first_was_answered_2xx(int status, bool again)
    {
        await using var receiver = await StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await receiver.StatusOfAsync(_copies.Next());
        await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(again ? 2 : 1, _runs);
    }

    [Fact]
    public async Task A_copy_is_handled_again_when_the_first_run_threw()
    {
        await using var receiver = await StartAsync(
            _ => _runs == 1 ? throw new InvalidOperationException("Not now.") : Task.CompletedTask);

        var first = await receiver.StatusOfAsync(_copies.Next());
        var second = await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK, 2), (first, second, _runs));
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 573);
    }

    [Fact]
    public async Task A_copy_that_comes_while_the_first_is_handled_is_turned_away_for_now()
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await StartAsync(_ =>
        {
            begun.SetResult();
            return end.Task;
        });

        var first = receiver.SendAsync(_copies.Next());
        await begun.Task;
        using var second = await receiver.SendAsync(_copies.Next());
        end.SetResult();
        using var third = await first;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), second.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_copy_is_handled_again_when_the_sender_of_the_first_went_away()
    {
        var begun = new TaskCompletionSource();
        await using var receiver = await StartAsync(async context =>
        {
            begun.TrySetResult();
            if (_runs > 1)
                return;
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task; // and return as if nothing had been
        });

        using var patience = new CancellationTokenSource();
        var first = receiver.Client.SendAsync(_copies.Next(), patience.Token);
        await begun.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await receiver.WaitForLogAsync(573);
        await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Handlers_that_ended_count_although_their_sender_went_away()
    {
        var begun = new TaskCompletionSource();
        await using var receiver = await StartAsync(map: app => app.MapWebhook("/hook", "billing").On("*", async (_, token) =>
        {
            _runs++;
            begun.TrySetResult();
            var gone = new TaskCompletionSource();
            await using var registration = token.Register(gone.SetResult);
            await gone.Task;
        }));

        using var patience = new CancellationTokenSource();
        var first = receiver.Client.SendAsync(_copies.Next(), patience.Token);
        await begun.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await receiver.WaitForLogAsync(550);
        HttpStatusCode second;
        do
            second = await receiver.StatusOfAsync(_copies.Next());
        while (second == HttpStatusCode.ServiceUnavailable);

        Assert.Equal((HttpStatusCode.OK, 1), (second, _runs));
    }

    [Fact]
    public async Task A_mapped_handler_runs_once_and_both_copies_are_answered_alike()
    {
        await using var receiver = await StartAsync(map: app => app.MapWebhook("/hook", "billing").On("*", (_, _) =>
        {
            _runs++;
            return Task.CompletedTask;
        }));

        using var first = await receiver.SendAsync(_copies.Next());
        using var second = await receiver.SendAsync(_copies.Next());

        Assert.Equal(1, _runs);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal((first.StatusCode, 0), (second.StatusCode, second.Content.Headers.ContentLength));
        Assert.Equal(first.Headers.Select(header => header.Key), second.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task A_webhook_that_was_handled_is_forgotten_after_its_time()
    {
        // Without a timestamp it is fresh for ever.
        await using var receiver = await StartAsync(
            source: options => options.Scheme = SignatureSchemes.GitHub,
            duplicates: once => once.Configure(options => options.KeepFor = TimeSpan.FromMinutes(10)));
        var copies = Copies.New(SignatureSchemes.GitHub, SignatureSchemes.GitHub.ParseSecret(The.SecretText));
        await receiver.StatusOfAsync(copies.Next());

        receiver.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await receiver.StatusOfAsync(copies.Next());
        var within = receiver.Handled.Count;
        receiver.Time.Advance(TimeSpan.FromSeconds(2));
        await receiver.StatusOfAsync(copies.Next());

        Assert.Equal((1, 2), (within, receiver.Handled.Count));
    }

    [Fact]
    public async Task A_copy_under_another_id_is_still_a_copy_where_the_id_isnt_signed()
    {
        await using var receiver = await StartAsync(source: options => options.Scheme = SignatureSchemes.GitHub);
        var copies = Copies.New(SignatureSchemes.GitHub, SignatureSchemes.GitHub.ParseSecret(The.SecretText));

        await receiver.StatusOfAsync(copies.Next().Without("X-GitHub-Delivery").With("X-GitHub-Delivery", "one"));
        await receiver.StatusOfAsync(copies.Next().Without("X-GitHub-Delivery").With("X-GitHub-Delivery", "two"));

        Assert.Single(receiver.Handled);
    }

    [Fact]
    public async Task One_webhook_for_two_sources_is_handled_once_for_each()
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
                app.MapPost("/other", handler.ReadStreamAsync).RequireWebhookVerification("other");
            },
            sources: verification => verification
                .AddSource("billing", SignatureSchemes.StandardWebhooks, The.SecretText)
                .AddSource("other", SignatureSchemes.StandardWebhooks, The.SecretText)
                .DropDuplicates());

        foreach (var path in (string[])["/hook", "/other", "/hook", "/other"])
            await receiver.StatusOfAsync(_copies.Next(path));

        Assert.Equal(2, receiver.Handled.Count);
    }

    [Fact]
    public async Task Of_many_copies_at_once_one_is_handled()
    {
        var end = new TaskCompletionSource();
        await using var receiver = await StartAsync(_ => end.Task);

        var sending = Enumerable.Range(0, 32).Select(_ => receiver.StatusOfAsync(_copies.Next())).ToList();
        await Waiting.UntilAsync(() => sending.Count(one => one.IsCompleted) == 31);
        end.SetResult();
        var statuses = await Task.WhenAll(sending);

        Assert.Equal(1, _runs);
        Assert.Single(statuses, HttpStatusCode.OK);
        Assert.Equal(31, statuses.Count(status => status == HttpStatusCode.ServiceUnavailable));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_source_can_be_left_out(bool? ofSource, bool dropped)
    {
        await using var receiver = await StartAsync(source: options => options.DropDuplicates = ofSource);

        await receiver.StatusOfAsync(_copies.Next());
        await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(dropped ? 1 : 2, receiver.Handled.Count);
    }

    [Theory]
    [InlineData("true", null, true)]
    [InlineData("true", "false", false)]
    [InlineData("false", "true", true)]
    [InlineData(null, "true", true)]
    [InlineData(null, null, false)]
    public async Task Configuration_alone_switches_it(string? all, string? one, bool dropped)
    {
        var settings = new Dictionary<string, string?>
        {
            ["DropDuplicates"] = all,
            ["Sources:billing:Secrets:0"] = The.SecretText,
        };
        if (one is not null)
            settings["Sources:billing:DropDuplicates"] = one;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var receiver = await Receiver.OnKestrelAsync(
            sources: verification => verification.Services.AddWebhookVerification(configuration));

        await receiver.StatusOfAsync(_copies.Next());
        await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(dropped ? 1 : 2, receiver.Handled.Count);
    }

    [Fact]
    public async Task A_time_that_is_shorter_than_twice_a_sources_tolerance_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            source: options => options.Tolerance = TimeSpan.FromMinutes(31),
            duplicates: once => once.Configure(options => options.KeepFor = TimeSpan.FromHours(1))));

        var failure = Assert.Single(exception.Failures);
        Assert.Contains("KeepFor", failure, StringComparison.Ordinal);
        Assert.Contains("billing", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_out_of_range_stop_the_start_all_at_once()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            duplicates: once => once.Configure(options =>
            {
                options.KeepFor = TimeSpan.FromSeconds(59);
                options.HoldFor = TimeSpan.Zero;
                options.StoreTimeout = TimeSpan.FromHours(1);
            })));

        Assert.Equal(3, exception.Failures.Count());
    }

    private Task<Receiver> StartAsync(
        Func<HttpContext, Task>? handle = null,
        Action<WebApplication>? map = null,
        Action<WebhookSourceOptions>? source = null,
        Action<WebhookDuplicatesBuilder>? duplicates = null) => Receiver.OnKestrelAsync(
            source,
            (app, handler) =>
            {
                app.UseWebhookVerification();
                if (map is not null)
                    map(app);
                else
                    app.MapPost("/hook", handle is null ? handler.ReadStreamAsync : RunAsync)
                        .RequireWebhookVerification("billing");

                Task RunAsync(HttpContext context)
                {
                    Interlocked.Increment(ref _runs);
                    return handle(context);
                }
            },
            sources: verification => verification
                .AddSource("billing", SignatureSchemes.StandardWebhooks, The.SecretText)
                .AddSource("billing", source ?? (_ => { }))
                .DropDuplicates(duplicates));
}
