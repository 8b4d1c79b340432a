namespace Webhooks.Tests.Network;

/// <summary>Keeps the suite and its tests together: a case that nobody tests shows here.</summary>
public class SsrfCoverageTests
{
    private static readonly Dictionary<string, string> TestedByName = new()
    {
        ["redirect-12"] = nameof(TransportTests.An_alternative_service_is_not_gone_to),
        ["redirect-14"] = nameof(TransportTests.A_flood_of_informational_responses_ends_in_a_failure),
        ["transport-02"] =
            nameof(ProxyTests.A_configured_proxy_is_used_at_a_private_address_without_looking_the_name_up),
        ["transport-03"] = nameof(SsrfConnectTests.Every_connection_is_judged_by_its_own_lookup),
        ["transport-04"] = nameof(SsrfConnectTests.A_name_that_turns_to_loopback_never_reaches_it),
        ["transport-05"] = nameof(TlsTests.Certificate_and_server_name_are_those_of_the_url),
        ["transport-06"] = nameof(TlsTests.A_certificate_for_another_name_is_refused),
        ["transport-07"] = nameof(TlsTests.A_host_header_cannot_change_the_name_that_is_checked),
        ["transport-10"] = nameof(SsrfConnectTests.A_host_that_is_this_machine_is_told_by_the_address_it_is_left_from),
        ["transport-13"] = nameof(SsrfConnectTests.Allowed_networks_are_dialled_at_the_unmapped_address),
        ["transport-14"] = nameof(SsrfConnectTests.Allowed_networks_are_dialled_at_the_unmapped_address),
        // Interfaces are no business of the guard's: an allowed address is allowed over any.
        ["transport-17"] = nameof(NetworkPolicyTests.Allowed_networks_are_compared_with_the_unmapped_address),
    };

    [Fact]
    public void The_suite_is_whole()
    {
        var counts = SsrfCases.All.CountBy(static one => one.Kind).ToDictionary();

        Assert.Equal(
            new() { ["ip"] = 125, ["url"] = 137, ["dns"] = 14, ["redirect"] = 10, ["config"] = 10 }, counts);
    }

    [Fact]
    public void Every_case_that_no_theory_takes_is_tested_by_name()
    {
        TheoryData<string>[] theories =
            [SsrfAddressTests.Cases, SsrfUrlTests.Cases, SsrfConnectTests.Cases, TransportTests.Redirects];

        var covered = theories.SelectMany(static theory => theory).Select(static row => row.Data)
            .Concat(TestedByName.Keys).Order(StringComparer.Ordinal);

        Assert.Equal(SsrfCases.All.Select(static one => one.Id).Order(StringComparer.Ordinal), covered);
    }
}
