namespace Webhooks.Tests;

/// <summary>What the inbox calls webhooks.</summary>
public sealed class InboxIdTests
{
    [Fact]
    public void A_webhook_is_called_by_its_source_and_the_senders_id_where_that_is_part_of_its_key()
        => Assert.Equal("in_shop:msg_1", InboxIds.Of("shop", "shop:id:msg_1"));

    [Theory]
    [InlineData("shop", "shop:content:0a1b")]
    [InlineData("shop", "shop:long:0a1b")]
    [InlineData("Other shop", "Other shop:id:1")]
    [InlineData("shop", "shop:id:with space")]
    [InlineData("shop", "shop:id:with.stop")]
    [InlineData("a:b", "a:b:id:c")]
    public void A_webhook_is_called_by_a_digest_where_its_id_is_not_signed_or_would_not_do(string source, string key)
        => Assert.Matches("^in_[A-Za-z0-9_-]{28}$", InboxIds.Of(source, key));

    [Fact]
    public void A_webhook_whose_id_is_too_long_is_called_by_a_digest()
        => Assert.Matches("^in_[A-Za-z0-9_-]{28}$", InboxIds.Of("shop", "shop:id:" + new string('x', 121)));

    [Fact]
    public void Webhooks_of_different_keys_have_different_ids()
    {
        (string, string)[] webhooks =
        [
            ("a", "a:id:b:c"), ("a:b", "a:b:id:c"), ("a", "a:id:c"), ("a", "a:content:c"), ("b", "b:id:c"), ("A", "A:id:c"),
        ];

        Assert.Distinct(webhooks.Select(webhook => InboxIds.Of(webhook.Item1, webhook.Item2)));
    }
}
