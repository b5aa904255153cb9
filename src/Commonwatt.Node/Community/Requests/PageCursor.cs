using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Where the next part of a list begins: opaque to callers, and good for the list it was given for alone.</summary>
internal static class PageCursor
{
    private const int CheckSize = 6;

    /// <summary>Writes a cursor.</summary>
    /// <param name="list">The list with all that selects what is in it.</param>
    /// <param name="keys">The keys of the last item that was shown.</param>
    public static string Write(string list, params ReadOnlySpan<long> keys)
    {
        byte[] content = Encoding.ASCII.GetBytes(string.Join('.', keys.ToArray()));
        byte[] cursor = [.. Check(list, content), .. content];
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>Reads a cursor.</summary>
    /// <returns>False where it was not given for this list, or was changed.</returns>
    public static bool TryRead(string list, string cursor, int count, out long[] keys)
    {
        keys = [];
        if (cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        byte[] bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= CheckSize || !Check(list, bytes[CheckSize..]).AsSpan().SequenceEqual(bytes.AsSpan(0, CheckSize)))
        {
            return false;
        }

        string[] texts = Encoding.ASCII.GetString(bytes, CheckSize, bytes.Length - CheckSize).Split('.');
        long[] read = new long[texts.Length];
        for (int index = 0; index < texts.Length; index++)
        {
            if (!long.TryParse(texts[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out read[index]))
            {
                return false;
            }
        }

        keys = read;
        return read.Length == count;
    }

    private static byte[] Check(string list, byte[] content) => SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. content])[..CheckSize];
}
