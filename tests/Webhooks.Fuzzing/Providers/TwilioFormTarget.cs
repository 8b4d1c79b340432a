namespace Webhooks.Fuzzing;

/// <summary>Forms as Twilio signs them, against a plain decoder.</summary>
public sealed class TwilioFormTarget() : FuzzTarget("twilio-forms")
{
    private const int MaximumParameters = 1024;

    public override IEnumerable<byte[]> Seeds =>
    [
        "To=%2B1555&From=a+b&Body=%E2%82%AC&Body=x&Empty="u8.ToArray(), "=&&a&b=c=d&%zz=%4"u8.ToArray(), ""u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var isTooMany = InputText.Of(input).Split('&').Count(pair => pair.Length > 0) > MaximumParameters;
        Law.AreEqual(isTooMany ? null : TwilioReference.Read(input), TwilioForm.TryRead(input), "the form's content");
    }
}
