using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Webhooks;

namespace Sender;

/// <summary>The command line, read and checked.</summary>
internal sealed class SenderArguments
{
    public const string Usage = """
        Sends one webhook and tells how it went.

          dotnet run --project samples/Sender -- --url URL --secret SECRET --type TYPE --data JSON [options]

          --url URL                  where to send it
          --secret SECRET            what to sign with: whsec_… (standard), whsk_… (ed25519), the provider's text (others);
                                     give it twice to sign with two
          --type TYPE                the event type, such as invoice.paid
          --data JSON                what happened, such as '{"id":1}'
          --scheme SCHEME            standard (the default), github, stripe, slack, shopify, ed25519, or another of the
                                     library's; a wrong one has them all listed
          --raw                      send the data as it stands; otherwise, where the scheme has the event type in the
                                     body, the body is {"type":TYPE,"timestamp":NOW,"data":JSON}
          --attempts N               try up to N times, waiting longer each time (3 is the default)
          --allow-private-networks   let it go to this machine and its private networks, and over plain http there

        Exits 0 when the webhook was accepted, 1 when it was not, 2 when the arguments are wrong.
        """;

    private static readonly SignatureScheme[] Schemes = [.. SignatureSchemes.All, .. Ed25519SignatureSchemes.All];

    private readonly List<string> _secrets = [];
    private string? _url;
    private string? _type;
    private string? _data;
    private string _scheme = SignatureSchemes.StandardWebhooks.Name;
    private string _attempts = "3";
    private bool _raw;

    private SenderArguments()
    {
    }

    public bool AllowPrivateNetworks { get; private set; }

    public int Attempts { get; private set; }

    public WebhookMessage Message { get; private set; } = null!;

    public WebhookEndpoint Endpoint { get; private set; } = null!;

    public static bool TryParse(
        string[] args, [NotNullWhen(true)] out SenderArguments? arguments, [NotNullWhen(false)] out string? fault)
    {
        arguments = new SenderArguments();
        fault = null;
        try
        {
            arguments.Read(args);
            arguments.Check();
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException)
        {
            (arguments, fault) = (null, exception.Message);
            return false;
        }
    }

    private void Read(string[] args)
    {
        for (var index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--allow-private-networks": AllowPrivateNetworks = true; break;
                case "--raw": _raw = true; break;
                case "--url": _url = Value(args, ref index); break;
                case "--secret": _secrets.Add(Value(args, ref index)); break;
                case "--scheme": _scheme = Value(args, ref index); break;
                case "--type": _type = Value(args, ref index); break;
                case "--data": _data = Value(args, ref index); break;
                case "--attempts": _attempts = Value(args, ref index); break;
                default: throw new ArgumentException($"'{args[index]}' is not an argument.");
            }
        }
    }

    private void Check()
    {
        if (_url is null || _secrets.Count == 0 || _type is null || _data is null)
            throw new ArgumentException("--url, --secret, --type and --data are needed.");
        if (!Uri.TryCreate(_url, UriKind.Absolute, out var url))
            throw new ArgumentException("--url is not an absolute URL.");
        if (!int.TryParse(_attempts, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) || attempts < 1)
            throw new ArgumentException("--attempts is not a number from 1.");

        var scheme = Schemes.FirstOrDefault(scheme => scheme.Name == _scheme)
            ?? throw new ArgumentException($"--scheme is not one of {string.Join(", ", Schemes.Select(scheme => scheme.Name))}.");
        using var data = JsonDocument.Parse(_data);
        Attempts = attempts;
        Endpoint = new WebhookEndpoint(url, new EndpointSignature(scheme, _secrets.Select(scheme.ParseSecret)));
        Message = _raw || scheme.Fields.EventTypeProperty is null
            ? WebhookMessage.Create(EventType.Parse(_type), System.Text.Encoding.UTF8.GetBytes(_data))
            : WebhookMessage.CreateEnvelope(EventType.Parse(_type), data.RootElement, JsonSerializerOptions.Web);
    }

    private static string Value(string[] args, ref int index) => ++index < args.Length
        ? args[index]
        : throw new ArgumentException($"{args[index - 1]} needs a value.");
}
