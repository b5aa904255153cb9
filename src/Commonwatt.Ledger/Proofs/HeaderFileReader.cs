using System.Buffers.Binary;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Reads a file of headers from its beginning, step by step: it may be longer than memory. What it claims is still to be checked.</summary>
/// <param name="file">The file.</param>
public sealed class HeaderFileReader(Stream file)
{
    private byte[] buffer = new byte[4096];

    /// <summary>Reads what stands before the steps: the encoded genesis, or nothing where the file holds none.</summary>
    /// <exception cref="MalformedBytesException">This is no file of headers, or it ends here.</exception>
    public byte[] ReadGenesis()
    {
        if (!HasRead(HeaderFile.Signature.Length) || !buffer.AsSpan().StartsWith(HeaderFile.Signature))
        {
            throw new MalformedBytesException($"This is no file of headers: it does not start with '{System.Text.Encoding.ASCII.GetString(HeaderFile.Signature)}'.");
        }

        return ReadNext("genesis", HeaderFile.MostGenesisBytes) is { } size ? buffer[..size] : throw CutOff("genesis");
    }

    /// <summary>Reads the next step.</summary>
    /// <returns>The step and how many bytes it has, or null at the file's end.</returns>
    /// <exception cref="MalformedBytesException">The bytes are no step in its one encoding.</exception>
    public (FollowStep Step, int Size)? ReadStep() =>
        ReadNext("step", HeaderFile.MostStepBytes) is { } size ? (FollowStep.Decode(buffer.AsSpan(0, size)), size) : null;

    private int? ReadNext(string what, int most)
    {
        int read = file.ReadAtLeast(buffer.AsSpan(0, sizeof(uint)), sizeof(uint), throwOnEndOfStream: false);
        if (read < sizeof(uint))
        {
            return read == 0 ? null : throw CutOff(what);
        }

        uint size = BinaryPrimitives.ReadUInt32BigEndian(buffer);
        if (size > most)
        {
            throw new MalformedBytesException($"A {what} in a file of headers has at most {most} bytes, this one announces {size}.");
        }

        return HasRead((int)size) ? (int)size : throw CutOff(what);
    }

    private bool HasRead(int size)
    {
        buffer = size > buffer.Length ? new byte[size] : buffer;
        return file.ReadAtLeast(buffer.AsSpan(0, size), size, throwOnEndOfStream: false) == size;
    }

    private static MalformedBytesException CutOff(string what) => new($"The file ends within a {what}: it was cut off.");
}
