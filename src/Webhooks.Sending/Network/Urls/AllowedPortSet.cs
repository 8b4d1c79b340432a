using System.Buffers;
using System.Globalization;

namespace Webhooks;

/// <summary>The ports a policy allows, as ranges, less those of services that a request could harm.</summary>
internal sealed class AllowedPortSet
{
    private const int FirstUnprivilegedPort = 1024;

    // Mail, files, names, remote shells, databases, queues and cluster control: ports where what is read as a command
    // may come from a tenant's payload. Browsers refuse most of them for the same reason.
    private static readonly SearchValues<char> ServicePorts = SearchValues.Create([.. new ushort[]
    {
        1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
        109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 138, 139, 143, 161, 162, 179, 389, 427, 445, 465, 512,
        513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 623, 631, 636, 873, 989, 990, 993,
        995, 1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045,
        4190, 4222, 4369, 5060, 5061, 5432, 5433, 5671, 5672, 5900, 5984, 5985, 5986, 6000, 6379, 6380, 6443, 6566,
        6665, 6666, 6667, 6668, 6669, 6679, 6697, 8086, 8300, 8301, 8302, 8500, 8600, 8883, 9042, 9092, 9160, 9200,
        9300, 10080, 10250, 10255, 10256, 11211, 15672, 25672, 26379, 27017, 27018, 27019,
    }.Select(static port => (char)port)]);

    private readonly (int First, int Last)[] _ranges;

    public AllowedPortSet(IReadOnlyCollection<string> ports, bool allowHttp)
    {
        var usual = allowHttp ? UsualWithHttp : Usual;
        _ranges = ports.Count == 0
            ? usual
            : [.. ports.Select(Parse).Order()];
    }

    private static (int First, int Last)[] Usual => [(443, 443), (8443, 8443)];

    private static (int First, int Last)[] UsualWithHttp => [(80, 80), (443, 443), (8080, 8080), (8443, 8443)];

    public bool Allows(int port, bool inPrivateNetwork)
    {
        if (port is <= 0 or > ushort.MaxValue || IsServicePort(port))
            return false;

        if (inPrivateNetwork && (port >= FirstUnprivilegedPort || port is 80 or 443))
            return true;

        foreach (var (first, last) in _ranges)
        {
            if (port >= first && port <= last)
                return true;
        }

        return false;
    }

    public static bool IsServicePort(int port) => ServicePorts.Contains((char)port);

    /// <summary>Reads <c>443</c> or <c>1024-65535</c>.</summary>
    public static bool TryParse(string? text, out (int First, int Last) range)
    {
        range = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        var first = dash < 0 ? text : text![..dash];
        var last = dash < 0 ? text : text![(dash + 1)..];
        if (!TryParsePort(first, out range.First) || !TryParsePort(last, out range.Last))
            return false;

        return range.First <= range.Last;
    }

    public override string ToString() =>
        string.Join(',', _ranges.Select(static range => $"{range.First}-{range.Last}"));

    private static (int First, int Last) Parse(string text) =>
        TryParse(text, out var range) ? range : throw new FormatException("Not a port or a range of ports.");

    private static bool TryParsePort(string? text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && port is > 0 and <= ushort.MaxValue;
}
