using System.Collections.ObjectModel;

namespace Webhooks;

/// <summary>A list of options that knows whether anybody has changed it: as long as nobody has, the source's provider
/// may say what holds.</summary>
internal sealed class DefaultList(params string[] defaults) : Collection<string>([.. defaults])
{
    public bool IsChanged { get; private set; }

    protected override void InsertItem(int index, string item)
    {
        IsChanged = true;
        base.InsertItem(index, item);
    }

    protected override void SetItem(int index, string item)
    {
        IsChanged = true;
        base.SetItem(index, item);
    }

    protected override void RemoveItem(int index)
    {
        IsChanged = true;
        base.RemoveItem(index);
    }

    protected override void ClearItems()
    {
        IsChanged = true;
        base.ClearItems();
    }
}
