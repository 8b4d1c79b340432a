namespace Webhooks;

/// <summary>What an attempt tells of its endpoint, whatever becomes of the message.</summary>
internal enum CircuitSign
{
    /// <summary>Nothing: no request was made.</summary>
    None = 0,

    /// <summary>It works.</summary>
    Success,

    /// <summary>It is there and judges what it gets, but didn't want this message.</summary>
    Refusal,

    /// <summary>Another message would fare no better.</summary>
    Failure,

    /// <summary>It has too much to do and says for how long.</summary>
    Overload,
}
