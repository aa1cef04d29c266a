namespace Signalbox;

/// <summary>Walks the items of an array without allocating.</summary>
public ref struct JsonItems
{
    private readonly int end;
    private Json next;

    internal JsonItems(Json first, int end)
    {
        next = first;
        this.end = end;
    }

    /// <summary>The item reached.</summary>
    public Json Current { get; private set; }

    /// <summary>Itself.</summary>
    public readonly JsonItems GetEnumerator() => this;

    /// <summary>Goes to the next item.</summary>
    public bool MoveNext()
    {
        if (!next.IsBefore(end)) return false;
        Current = next;
        next = next.After;
        return true;
    }
}

/// <summary>Walks the members of an object without allocating.</summary>
public ref struct JsonMembers
{
    private readonly int end;
    private Json next;

    internal JsonMembers(Json first, int end)
    {
        next = first;
        this.end = end;
    }

    /// <summary>The member reached.</summary>
    public JsonMember Current { get; private set; }

    /// <summary>Itself.</summary>
    public readonly JsonMembers GetEnumerator() => this;

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext()
    {
        if (!next.IsBefore(end)) return false;
        Current = new(next, next.Beside);
        next = Current.Value.After;
        return true;
    }
}
