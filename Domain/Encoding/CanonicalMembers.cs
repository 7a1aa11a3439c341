using System.Buffers;
using System.Runtime.InteropServices;

namespace Repository.Domain.Encoding;

/// <summary>
/// The members of the objects that are being written, innermost last. They are written as they are met; an object that is
/// not in order then is put in order once at its end, so that a byte is moved at most once for each level above it.
/// </summary>
internal sealed class CanonicalMembers(PooledBuffer output) : IDisposable
{
    // The names, unescaped, of the members below: an escape such as \u001f does not sort where its character does.
    private readonly PooledBuffer _scratch = new(512);
    private Member[] _members = ArrayPool<Member>.Shared.Rent(32);
    private Comparison<Member>? _byName;
    private int _count;

    /// <summary>Begins an object whose opening brace is written.</summary>
    public Mark Begin() => new(output.Length, _count, _scratch.Length, IsInOrder: true);

    /// <summary>Writes a name. False when it holds a lone surrogate.</summary>
    public bool TryBeginMember(ref Mark mark, ReadOnlySpan<byte> name, bool isEscaped)
    {
        var member = new Member(output.Length, 0, _scratch.Length, name.Length);
        if (isEscaped)
        {
            if (!CanonicalString.TryUnescape(name, _scratch))
            {
                return false;
            }

            member = member with { NameLength = _scratch.Length - member.NameStart };
            CanonicalString.Write(output, NameOf(member));
        }
        else
        {
            _scratch.Append(name);
            CanonicalString.WriteVerbatim(output, name);
        }

        // Equal neighbours are out of order as well: sorting finds them.
        if (mark.IsInOrder && _count > mark.Count && Compare(_members[_count - 1], member) >= 0)
        {
            mark = mark with { IsInOrder = false };
        }

        Push(member);
        return true;
    }

    /// <summary>Ends the member whose value has just been written.</summary>
    public void EndMember()
    {
        ref var member = ref _members[_count - 1];
        member = member with { Length = output.Length - member.Start };
    }

    /// <summary>Puts the members of an object in order and forgets them. False when two have one name.</summary>
    public bool TryEnd(Mark mark)
    {
        if (!mark.IsInOrder && !TrySort(_members.AsSpan(mark.Count, _count - mark.Count), mark.Start))
        {
            return false;
        }

        _count = mark.Count;
        _scratch.Truncate(mark.ScratchLength);
        return true;
    }

    /// <summary>Writes a string value that holds escapes. False when it holds a lone surrogate.</summary>
    public bool TryWriteEscaped(ReadOnlySpan<byte> text)
    {
        var start = _scratch.Length;
        if (!CanonicalString.TryUnescape(text, _scratch))
        {
            return false;
        }

        CanonicalString.Write(output, _scratch.WrittenSpan[start..]);
        _scratch.Truncate(start);
        return true;
    }

    public void Dispose()
    {
        ArrayPool<Member>.Shared.Return(_members);
        _members = [];
        _scratch.Dispose();
    }

    private bool TrySort(Span<Member> members, int start)
    {
        members.Sort(_byName ??= Compare);
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(members[i - 1], members[i]) == 0)
            {
                return false;
            }
        }

        var unsorted = _scratch.Length;
        _scratch.Append(output.WrittenSpan[start..]);
        var target = output.Written(start, output.Length - start);
        for (var i = 0; i < members.Length; i++)
        {
            var (from, length, _, _) = members[i];
            _scratch.WrittenSpan.Slice(unsorted + from - start, length).CopyTo(target);
            if (i < members.Length - 1)
            {
                target[length] = (byte)',';
                target = target[(length + 1)..];
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> NameOf(Member member) => _scratch.WrittenSpan.Slice(member.NameStart, member.NameLength);

    private int Compare(Member left, Member right) => CanonicalString.Compare(NameOf(left), NameOf(right));

    private void Push(Member member)
    {
        if (_count == _members.Length)
        {
            var larger = ArrayPool<Member>.Shared.Rent(2 * _count);
            _members.CopyTo(larger, 0);
            ArrayPool<Member>.Shared.Return(_members);
            _members = larger;
        }

        _members[_count++] = member;
    }

    /// <summary>Where an object begins: in the output after its brace, in the members, and in their names.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Mark(int Start, int Count, int ScratchLength, bool IsInOrder);

    /// <summary>Where a member stands in the output, from its name's quotation mark to its value's end, and its name in the scratch.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Member(int Start, int Length, int NameStart, int NameLength);
}
